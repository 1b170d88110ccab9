#compdef voiceclean
# Completion of voiceclean for zsh, made by "voiceclean completion zsh": the program itself says what may stand where.
# Put it into a folder of $fpath as _voiceclean, or: source <(voiceclean completion zsh)
_voiceclean() {
    local line word
    local -a described plain
    for line in "${(@f)$("${(Q)words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        word=${line%%$'\t'*} line=${line#*$'\t'}
        case $word in
            :file) compset -P "${(b)line}"; _files ;;
            :folder) compset -P "${(b)line}"; _files -/ ;;
            *[=:]) compadd -S '' -- "$word" ;;
            ?*) [[ -n $line ]] && described+=("${word//:/\\:}:$line") || plain+=("$word") ;;
        esac
    done
    (( $#described )) && _describe -V voiceclean described
    (( $#plain )) && compadd -V voiceclean -- "${plain[@]}"
}
if [[ $funcstack[1] == _voiceclean ]]; then _voiceclean "$@"; else compdef _voiceclean voiceclean; fi
