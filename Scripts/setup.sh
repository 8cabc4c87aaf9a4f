#!/bin/sh
# Installs what wb needs besides the Swift toolchain and git. Asks nothing, and where all is there does nothing.
#
# What counts is whether a thing works, not how it came here: each need is tried with the compiler of the Swift
# toolchain, and a Debian package is only the remedy for what fails.
set -eu

say() { echo "setup: $*" >&2; }
fail() { say "$@"; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
said=$scratch/said

command -v swift >/dev/null || fail 'swift is not in PATH; install Swift 6.3 from https://www.swift.org/install/'
command -v git >/dev/null || fail 'git is not in PATH; SwiftPM fetches packages with it'

# SwiftPM compiles C and C++ with the clang of its toolchain; swiftly's proxies are seen through this way.
resources=$(swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
clang=$resources/../../bin/clang
[ -x "$clang" ] || clang=clang

# links HEADER LIBRARY...: compiles a C++ program with that header and links it with those libraries
links() {
  printf '#include <%s>\nint main() { return 0; }\n' "$1" >"$scratch/probe.cpp"
  shift
  "$clang" -std=c++17 -o "$scratch/probe" "$scratch/probe.cpp" "$@" -lstdc++ >"$said" 2>&1
}

draws() {
  gnuplot -e 'set terminal svg; set terminal pngcairo' </dev/null >"$said" 2>&1
}

# works PACKAGE: whether what the package brings is there, from wherever; else the reason is in $said
works() {
  case $1 in
    make | sqlite3) command -v "$1" >"$said" 2>&1 ;;
    g++) links string ;;
    libsqlite3-dev) links sqlite3.h -lsqlite3 ;;
    libopenblas-dev) links cblas.h -lopenblas ;;
    zlib1g-dev) links zlib.h -lz ;;
    libgnuplot-iostream-dev) links gnuplot-iostream.h -lboost_iostreams ;;
    gnuplot-nox) draws ;;
    valgrind) valgrind --tool=none true >"$said" 2>&1 ;;
  esac
}

packages='make g++ libsqlite3-dev sqlite3 libopenblas-dev zlib1g-dev libgnuplot-iostream-dev gnuplot-nox valgrind'

missing=
for package in $packages; do
  works "$package" || missing="$missing $package"
done
missing=${missing# }
[ -n "$missing" ] || exit 0

say "missing: $missing (by the names of Debian's packages)"
command -v apt-get >/dev/null ||
  fail 'there is no apt-get here; install the C++ standard library (g++), SQLite, OpenBLAS, zlib, gnuplot-iostream' \
    'and Boost.Iostreams with their headers, and the programs sqlite3, gnuplot with its cairo terminals, valgrind,' \
    'and make'

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || fail "sudo is missing; as root, execute: apt-get install $missing"
  as_root=sudo
fi
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -qq "$@" </dev/null; }

say 'updating the lists of packages'
apt update || say 'apt-get update failed; trying with the lists that are here'
say "installing $missing"
# shellcheck disable=SC2086 # one word per package
apt install --yes --no-install-recommends $missing >"$scratch/installing" 2>&1 || {
  cat "$scratch/installing" >&2
  fail "apt-get could not install: $missing"
}

for package in $missing; do
  works "$package" || {
    cat "$said" >&2
    fail "$package is installed and still does not work: see above"
  }
done
say 'everything is there'
