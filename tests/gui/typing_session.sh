#!/bin/sh
# Within a screen and a session bus of its own: starts an input method ($1), the child ($2 with interpreter $3), types.
set -u
case $1 in
fcitx5)
    mkdir -p "$XDG_CONFIG_HOME/fcitx5"
    printf '%s\n' '[Groups/0]' 'Name=Default' 'Default Layout=us' 'DefaultIM=pinyin' \
        '[Groups/0/Items/0]' 'Name=keyboard-us' 'Layout=' '[Groups/0/Items/1]' 'Name=pinyin' 'Layout=' \
        '[GroupOrder]' '0=Default' >"$XDG_CONFIG_HOME/fcitx5/profile"
    printf '%s\n' '[Behavior]' 'ActiveByDefault=True' >"$XDG_CONFIG_HOME/fcitx5/config"
    fcitx5 --disable=wayland >"$HOME/method.log" 2>&1 &
    export QT_IM_MODULE=fcitx XMODIFIERS=@im=fcitx
    ;;
ibus)
    ibus-daemon --panel=disable >"$HOME/method.log" 2>&1 &
    export XMODIFIERS=@im=ibus
    ;;
esac
method=$!
sleep 3
"$3" "$2" >"$HOME/typed.txt" 2>&1 &
child=$!
window=
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    sleep 0.5
    window=$(sed -n 's/^WINDOW //p' "$HOME/typed.txt")
    [ -n "$window" ] && break
done
xdotool windowfocus "$window"
sleep 0.5
if [ "$1" = ibus ]; then
    ibus engine libpinyin
    sleep 2
fi
xdotool type --delay 120 nihao
sleep 1.5
xdotool key space
wait $child
kill $method
