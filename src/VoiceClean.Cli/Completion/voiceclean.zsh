#compdef voiceclean
# Completion of voiceclean for zsh, made by "voiceclean completion zsh": the program itself says what may stand where.
# Put it into a folder of $fpath as _voiceclean, or: source <(voiceclean completion zsh)
_voiceclean() {
    local line
    local -a described
    for line in "${(@f)$("${(Q)words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        case $line in
            :file) compset -P '*='; _files ;;
            :folder) compset -P '*='; _files -/ ;;
            ?*) described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
        esac
    done
    (( $#described )) && _describe -V voiceclean described
}
if [[ $funcstack[1] == _voiceclean ]]; then _voiceclean "$@"; else compdef _voiceclean voiceclean; fi
