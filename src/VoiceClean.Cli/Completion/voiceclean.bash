# Completion of voiceclean for bash, made by "voiceclean completion bash": the program itself says what may stand
# where. Put it into /usr/share/bash-completion/completions/voiceclean, or: source <(voiceclean completion bash)
_voiceclean() {
    local typed=${COMP_WORDS[COMP_CWORD]} word line path kind before glued='' last=0 IFS=$'\n'
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
    # What stands before the part that bash completes.
    local head=${words[last]%"$typed"}
    [[ $head == *[=:] ]] || head=''
    while read -r line; do lines+=("$line"); done < <("$1" __complete "${words[@]}" 2>/dev/null)
    COMPREPLY=()
    for line in "${lines[@]}"; do
        kind=${line%%$'\t'*}
        case $kind in
            :file | :folder)
                compopt -o filenames 2>/dev/null
                before=${line#*$'\t'}
                [[ $kind == :file ]] && word=-f || word=-d
                while read -r path; do
                    path=$before$path
                    COMPREPLY+=("${path#"$head"}")
                done < <(compgen "$word" -- "${words[last]#"$before"}")
                ;;
            *)
                COMPREPLY+=("${kind#"$head"}")
                [[ $kind == *[=:] ]] && compopt -o nospace 2>/dev/null
                ;;
        esac
    done
}
complete -F _voiceclean voiceclean
