# Completion of voiceclean for bash, made by "voiceclean completion bash": the program itself says what may stand
# where. Put it into /usr/share/bash-completion/completions/voiceclean, or: source <(voiceclean completion bash)
_voiceclean() {
    local typed=${COMP_WORDS[COMP_CWORD]} word line glued='' last=0 IFS=$'\n'
    local -a words=() lines=()
    # bash splits at = and : too; the program wants the words as they were typed.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ $glued || ( ${#words[@]} -gt 0 && $word == [=:] ) ]]; then
            words[last]+=$word
        else
            last=${#words[@]}
            words[last]=$word
        fi
        [[ $word == [=:] ]] && glued=1 || glued=''
    done
    [[ $typed == [=:] ]] && typed=''
    local before=${words[last]%"$typed"}
    [[ $before == *[=:] ]] || before=''
    while read -r line; do lines+=("$line"); done < <("$1" __complete "${words[@]}" 2>/dev/null)
    COMPREPLY=()
    for line in "${lines[@]}"; do
        case $line in
            :file) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$typed")) ;;
            :folder) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- "$typed")) ;;
            *) line=${line%%$'\t'*}; COMPREPLY+=("${line#"$before"}") ;;
        esac
    done
}
complete -F _voiceclean voiceclean
