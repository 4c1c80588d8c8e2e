/* What programs of Rust need of Windows and a Wine before 9 does not do; every one of them loads this library.
   For tests only.

   ProcessPrng: random bytes, taken from the older function that Wine has.

   Standard handles: a program that is started in a pseudo-console with no handles of its own has those of the
   console. Wine gives it none, so nothing would be read or shown. */
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

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved) {
  (void)library;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) {
    of_console(STD_INPUT_HANDLE, L"CONIN$");
    of_console(STD_OUTPUT_HANDLE, L"CONOUT$");
    of_console(STD_ERROR_HANDLE, L"CONOUT$");
  }
  return TRUE;
}
