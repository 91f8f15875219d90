# Sourced by ./run and ./test: installs what the machine lacks.

# Prints why the command cannot go on, and ends it.
fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

require_dotnet() {
    command -v dotnet > /dev/null ||
        fail "the .NET SDK 10 is missing: install it (package dotnet-sdk-10.0, https://dotnet.microsoft.com/download) and put dotnet on the PATH."
    (cd "$root" && dotnet --version > /dev/null 2>&1) ||
        fail "the .NET SDK 10 is needed, but there is only: $(dotnet --list-sdks | tr '\n' ' ')"
}

# require_packages PACKAGE...: installs the Debian packages that are missing, and says which.
require_packages() {
    local missing=() package as_root=()
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    command -v apt-get > /dev/null ||
        fail "these packages are missing and this is no Debian or Ubuntu: ${missing[*]}; install their like by hand."
    if ((EUID)); then
        command -v sudo > /dev/null ||
            fail "these packages are missing: ${missing[*]}; install them as root with 'apt-get install ${missing[*]}'."
        as_root=(sudo)
    fi
    echo "Installing ${missing[*]}"
    {
        "${as_root[@]}" apt-get -qq update &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "${missing[@]}" > /dev/null
    } || fail "apt-get could not install ${missing[*]}; see its message above."
}

# What the node, the camera and the listener need: DDS, Haar cascades, and the libraries of OpenCvSharp's native part.
runtime_packages=(libddsc0debian opencv-data libgtk-3-0 libdrm2 libatomic1)

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
