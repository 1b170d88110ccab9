# Completion of voiceclean for fish, made by "voiceclean completion fish": the program itself says what may stand where.
# Put it into ~/.config/fish/completions/voiceclean.fish
function __voiceclean_ask
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    $words[1] __complete $words[2..] "$typed" 2>/dev/null
end
function __voiceclean_complete
    for line in (__voiceclean_ask)
        switch $line
            case ':file*'
            case ':folder*'
                # As fish itself takes it: without the quotes, and behind an option's name.
                set -l before (string split -m 1 \t -- $line)[2]
                set -l typed (string unescape -- (commandline -ct); or commandline -ct | string trim -l -c '"\'')
                set -l path (string replace -- "$before" '' $typed)
                for folder in (__fish_complete_directories "$path" '')
                    echo "$before$folder"
                end
            case '*'
                echo $line
        end
    end
end
complete -c voiceclean -f -a '(__voiceclean_complete)'
complete -c voiceclean -n '__voiceclean_ask | string match -q ":file*"' -F
