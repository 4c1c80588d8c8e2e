/* The pseudo-console of the system without its flags: that of Wine 8 does not start if the cursor is to be where it
   is (`conhost --inheritcursor`), which the tests' terminal asks for. That looks for a library of this name first.
   For tests only. */
#include <windows.h>

HRESULT WINAPI CreatePseudoConsoleOfTests(COORD size, HANDLE input, HANDLE output, DWORD flags, HPCON *console) {
  (void)flags;
  return CreatePseudoConsole(size, input, output, 0, console);
}

HRESULT WINAPI ResizePseudoConsoleOfTests(HPCON console, COORD size) {
  return ResizePseudoConsole(console, size);
}

void WINAPI ClosePseudoConsoleOfTests(HPCON console) {
  ClosePseudoConsole(console);
}
