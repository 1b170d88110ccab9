# Completion of voiceclean for fish, made by "voiceclean completion fish": the program itself says what may stand where.
# Put it into ~/.config/fish/completions/voiceclean.fish
function __voiceclean_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    for line in ($words[1] __complete $words[2..] "$typed" 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path "$typed"
            case :folder
                __fish_complete_directories "$typed" ''
            case '*'
                echo $line
        end
    end
end
complete -c voiceclean -f -a '(__voiceclean_complete)'
