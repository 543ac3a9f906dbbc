# Stands in for Apple's softwareupdate: offers what the file list has and takes from it what it installs.
case $1 in
  --list) cat "$TOOLS/list" ;;
  --install)
    if [ -f "$TOOLS/fails" ] && grep -qxF "$2" "$TOOLS/fails"; then
      echo "$2 could not be installed" >&2
      exit 1
    fi
    grep -qF "* Label: $2" "$TOOLS/list" || exit 2
    awk -v line="* Label: $2" '$0 == line { skip = 2 } skip > 0 { skip--; next } { print }' "$TOOLS/list" >"$TOOLS/list.new"
    mv "$TOOLS/list.new" "$TOOLS/list"
    ;;
  *) exit 64 ;;
esac
