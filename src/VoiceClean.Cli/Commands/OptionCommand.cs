using System.CommandLine;
using VoiceClean.Cleaning.Options;

namespace VoiceClean.Cli.Commands;

/// <summary>A command whose options come from the tables of options.</summary>
internal sealed class OptionCommand : Command
{
    private readonly CommandOptions _options;
    private bool _isFilled;

    /// <summary>Makes a command.</summary>
    /// <param name="name">The word that calls it.</param>
    /// <param name="usage">How it is called: "voiceclean batch INPUT... -o DIR [options]".</param>
    /// <param name="description">What it does, in one sentence or two, and examples.</param>
    /// <param name="scope">Which options mean something in it.</param>
    public OptionCommand(string name, string usage, string description, OptionScope scope)
        : base(name, description) => (Usage, _options) = (usage, new CommandOptions(scope));

    /// <summary>How it is called.</summary>
    public string Usage { get; }

    /// <summary>Its options; they become options of the parser when they are first asked for.</summary>
    public CommandOptions Choices => _options;

    /// <summary>Gives the parser the options; the commands that are not called do without.</summary>
    /// <param name="words">What will be parsed, if it is known: other options are left out.</param>
    public void Fill(IReadOnlyList<string>? words = null)
    {
        if (!_isFilled)
        {
            _isFilled = true;
            _options.AddTo(this, words);
        }
    }
}
