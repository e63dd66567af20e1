#!/bin/sh
# The project as one of the generators that are compared on the same corpus (folders of product.yaml, vi.md, en.md).
#   prepare CORPUS WORK    writes the corpus as content of this project into WORK/content
#   clean WORK             takes output and caches away
#   build WORK             builds into WORK/public
#   edit CORPUS WORK K     changes the text of one product; K makes each edit differ
#   retitle CORPUS WORK K  adds to the end of one product's name: a correction, the product keeps its place in lists
#   reorder CORPUS WORK K  puts words before one product's name: it moves to another place in every list
#   rebuild WORK K         builds after that edit, caches and output kept
set -e
HOME_OF_PROJECT=$(cd "$(dirname "$0")/.." && pwd)
PYTHON=${PYTHON:-$HOME_OF_PROJECT/.venv/bin/python}
case $1 in
prepare) exec "$PYTHON" "$HOME_OF_PROJECT/bench/from_corpus.py" "$2" "$3/content" ;;
clean) rm -rf "$2/public" "$2/.cache" "$2/content/permalinks.yaml" ;;
build | rebuild) cd "$2" && exec "$PYTHON" "$HOME_OF_PROJECT/build.py" build --output public >/dev/null ;;
edit | retitle | reorder)
	products=$(ls "$3/content/products" | wc -l)
	product=$(ls "$3/content/products" | sed -n "$((($4 * 37) % products + 1))p")
	if [ "$1" = edit ]; then
		printf '\nEdited %s.\n' "$4" >>"$3/content/products/$product/vi.md"
	else
		case $1 in
		retitle) change="s/^name: {vi: \"\{0,1\}[^\",}]*/& $4/" ;;
		*) change="s/^name: {vi: \"\{0,1\}/&Tên $4 /" ;;
		esac
		sed -i.bak "$change" "$3/content/products/$product/product.yaml"
		rm "$3/content/products/$product/product.yaml.bak"
	fi
	;;
*)
	echo "prepare | clean | build | edit | retitle | reorder | rebuild" >&2
	exit 2
	;;
esac
