# Read in by run.sh and test.sh, with $here set: sets $python to an interpreter that the locked libraries serve.

suits='import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13) and sys.maxsize > 2**32))'
python=

find_python() {
    for candidate in "$here/.venv/bin/python" python3.11 python3.12 python3.13 python3 python; do
        if "$candidate" -I -S -c "$suits" >/dev/null 2>&1; then
            python=$candidate
            return 0
        fi
    done
    return 1
}

# Debian and Ubuntu name their Pythons by version; one of them will do, where apt-get needs nobody's password.
install_python() {
    command -v apt-get >/dev/null 2>&1 || return 1
    sudo=
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 1
        sudo='sudo -n'
    fi
    echo '没有找到合适的 Python，正在用 apt-get 安装……' >&2
    $sudo apt-get -q update >&2
    for version in 3.11 3.12 3.13; do
        if apt-cache show "python$version-venv" >/dev/null 2>&1; then
            $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends \
                "python$version" "python$version-venv" ca-certificates >&2 && return 0
        fi
    done
    return 1
}

if ! find_python && ! { install_python && find_python; }; then
    cat >&2 <<'END'
需要 Python 3.11、3.12 或 3.13（64 位），本机没有找到。
Debian 12、Ubuntu 22.04 或更新的系统，请管理员执行：sudo apt-get install python3.11 python3.11-venv
（Ubuntu 24.04 把 3.11 换成 3.12，Debian 13 换成 3.13。）
较早的系统没有这些版本，请用打包好的程序（见 packaging/README.md），不需要 Python。
END
    exit 1
fi
