; The installer for Windows, made of what PyInstaller left in dist\zhibu-taizhang: makensis packaging\windows.nsi
; It installs for one person and asks for no administrator. The person's data lie elsewhere, and stay when this goes.
Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
!include "MUI2.nsh"
!include "x64.nsh"

!define NAME "支部台账"
!define FOLDER "zhibu-taizhang"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${FOLDER}"
!ifndef VERSION
    !define VERSION "0.1.0"
!endif

Name "${NAME}"
OutFile "..\dist\${FOLDER}-${VERSION}-windows-x86_64.exe"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

!define MUI_FINISHPAGE_RUN "$INSTDIR\${FOLDER}.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
    ${IfNot} ${RunningX64}
        MessageBox MB_ICONSTOP "本程序需要 64 位的 Windows 10 或更新的系统。"
        Abort
    ${EndIf}
FunctionEnd

Section
    ; An older version's files must not mix with these; a program still open keeps them in place, and that is said.
    ${If} ${FileExists} "$INSTDIR\${FOLDER}.exe"
        ClearErrors
        Delete "$INSTDIR\${FOLDER}.exe"
        ${If} ${Errors}
            MessageBox MB_ICONSTOP "请先关闭正在运行的${NAME}，再重新安装。"
            Abort
        ${EndIf}
        RMDir /r "$INSTDIR\_internal"
    ${EndIf}
    SetOutPath "$INSTDIR"
    File /r "..\dist\${FOLDER}\*"
    CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${FOLDER}.exe"
    CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${FOLDER}.exe"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${FOLDER}.exe"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
SectionEnd

Section "Uninstall"
    ; Only what was installed: a data file that someone saved in this folder stays.
    Delete "$INSTDIR\${FOLDER}.exe"
    Delete "$INSTDIR\${FOLDER}-cmd.exe"
    Delete "$INSTDIR\uninstall.exe"
    RMDir /r "$INSTDIR\_internal"
    RMDir "$INSTDIR"
    Delete "$DESKTOP\${NAME}.lnk"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
