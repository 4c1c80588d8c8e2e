/* What programs of Rust need of Windows and a Wine before 9 does not do; every one of them loads this library.
   For tests only.

   ProcessPrng: random bytes, taken from the older function that Wine has.

   Standard handles: a program that is started in a pseudo-console with no handles of its own has those of the
   console. Wine gives it none, so nothing would be read or shown.

   Signals of the C library: Wine's `signal` takes the question what the handler is (SIG_GET, 2) for an address, which it
   calls at Ctrl-C. */
#include <signal.h>
#include <string.h>
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
  return SystemFunction036(buffer, (ULONG)length);
}

static void of_console(DWORD which, const wchar_t *name) {
  HANDLE console = GetStdHandle(which);
  if (console != NULL && console != INVALID_HANDLE_VALUE) return;
  console = CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
  if (console != INVALID_HANDLE_VALUE) SetStdHandle(which, console);
}

typedef void (*handler_of)(int);
static handler_of handlers[32];

static BOOL WINAPI told(DWORD event) {
  int number = event == CTRL_C_EVENT ? SIGINT : SIGBREAK;
  handler_of handler = handlers[number];
  if (event > CTRL_BREAK_EVENT || handler == SIG_DFL) return FALSE;
  if (handler != SIG_IGN) handler(number);
  return TRUE;
}

static handler_of signal_of_tests(int number, handler_of wanted) {
  if (number < 0 || number >= 32) return SIG_ERR;
  handler_of before = handlers[number];
  if (wanted != (handler_of)2) handlers[number] = wanted;
  return before;
}

/* Where the library's own function begins, a jump to this one. */
static void replace_signal(void) {
  unsigned char jump[14] = {0xFF, 0x25, 0, 0, 0, 0}, *begin;
  void *to = (void *)signal_of_tests;
  DWORD before;
  begin = (unsigned char *)GetProcAddress(GetModuleHandleA("msvcrt.dll"), "signal");
  memcpy(jump + 6, &to, sizeof to);
  if (begin == NULL || !VirtualProtect(begin, sizeof jump, PAGE_EXECUTE_READWRITE, &before)) return;
  memcpy(begin, jump, sizeof jump);
  VirtualProtect(begin, sizeof jump, before, &before);
  SetConsoleCtrlHandler(told, TRUE);
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved) {
  (void)library;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) {
    replace_signal();
    of_console(STD_INPUT_HANDLE, L"CONIN$");
    of_console(STD_OUTPUT_HANDLE, L"CONOUT$");
    of_console(STD_ERROR_HANDLE, L"CONOUT$");
  }
  return TRUE;
}
