@echo off
rem Opens the program, or runs one of its commands; run.sh says more. The words for people stand in UTF-8 files:
rem a batch file outside ASCII is read wrongly under some code pages.
setlocal
set "here=%~dp0"
set "suits=import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13) and sys.maxsize > 2**32))"
set "python="
for %%v in (3.11 3.12 3.13) do (
    if not defined python py -%%v -I -S -c "%suits%" >nul 2>nul && set "python=py -%%v"
)
if not defined python python -I -S -c "%suits%" >nul 2>nul && set "python=python"
if not defined python (
    chcp 65001 >nul
    type "%here%packaging\no_python.txt"
    pause
    exit /b 1
)

if "%~1"=="--desktop-entry" (
    %python% -E -s "%here%packaging\desktop_entry.py"
    exit /b
)
%python% -E -s "%here%packaging\prepare.py" run %*
if not "%errorlevel%"=="0" (
    if "%~1"=="" pause
    exit /b 1
)
rem Without arguments the window opens and this console closes.
if "%~1"=="" (
    start "" "%here%.venv\Scripts\pythonw.exe" "%here%main.py"
    exit /b 0
)
"%here%.venv\Scripts\python.exe" "%here%main.py" %*
exit /b %errorlevel%
