/* Does in the console of another program what Wine's own pseudo-console cannot be told to by its pipes:
     console.exe PROCESS ctrl-c           presses Ctrl-C; by the pipe, Wine 8 ends the console and all in it
     console.exe PROCESS size ROWS COLS   gives the window another size; Wine 8 ignores such a wish
   For tests only. */
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static int pressed(HANDLE input) {
  INPUT_RECORD keys[2];
  DWORD written = 0;
  memset(keys, 0, sizeof keys);
  for (int i = 0; i < 2; i++) {
    KEY_EVENT_RECORD *key = &keys[i].Event.KeyEvent;
    keys[i].EventType = KEY_EVENT;
    key->bKeyDown = i == 0;
    key->wRepeatCount = 1;
    key->wVirtualKeyCode = 'C';
    key->uChar.UnicodeChar = 3;
    key->dwControlKeyState = LEFT_CTRL_PRESSED;
  }
  return WriteConsoleInputW(input, keys, 2, &written) && written == 2;
}

static int sized(HANDLE output, SHORT rows, SHORT cols) {
  /* the window is never larger than what is behind it */
  COORD least = {1, 1}, size = {cols, rows};
  SMALL_RECT small = {0, 0, least.X - 1, least.Y - 1}, window = {0, 0, cols - 1, rows - 1};
  return SetConsoleWindowInfo(output, TRUE, &small) && SetConsoleScreenBufferSize(output, size) &&
         SetConsoleWindowInfo(output, TRUE, &window);
}

static HANDLE opened(const wchar_t *name) {
  return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
}

int main(int count, char **words) {
  if (count < 3) return 2;
  FreeConsole();
  if (!AttachConsole(strtoul(words[1], NULL, 10))) return 3;
  SetConsoleCtrlHandler(NULL, TRUE);
  if (strcmp(words[2], "ctrl-c") == 0) return pressed(opened(L"CONIN$")) ? 0 : 4;
  if (strcmp(words[2], "size") == 0 && count == 5)
    return sized(opened(L"CONOUT$"), (SHORT)atoi(words[3]), (SHORT)atoi(words[4])) ? 0 : 5;
  return 2;
}
