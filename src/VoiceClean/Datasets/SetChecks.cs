using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;

namespace VoiceClean.Datasets;

/// <summary>
/// What must hold before a set is begun; each throws <see cref="VoiceCleanException"/> if it does not.
/// </summary>
internal static class SetChecks
{
    /// <summary>The language told for the recordings is one, and one of the target's.</summary>
    public static void Language(BuildSetOptions options)
    {
        if (options.Set.Language is not { } language)
        {
            return;
        }

        DatasetTarget target = options.Set.Target;
        string? code = Targets.Languages.Normalize(language);
        if (code is null || (target.Languages.Count > 0 && !target.Languages.Contains(code)))
        {
            throw Bad(
                $"{options.Advice.NameOf("language")} {language}: "
                    + (target.Languages.Count > 0
                        ? $"{target.Name} knows {string.Join(", ", target.Languages)}."
                        : "there is no language of that name; give a code such as zh, en or de."));
        }
    }

    /// <summary>The paths in the lists are such as their trainer can read.</summary>
    public static void Paths(BuildSetOptions options)
    {
        DatasetTarget target = options.Set.Target;
        string paths = options.Advice.NameOf("paths");
        if (target.RequiresAbsolutePaths && !options.Set.AbsolutePaths)
        {
            throw Bad($"{paths} relative: {target.Name} takes absolute paths only.");
        }

        bool namesPaths = target.ListFormat
            is ListFormat.GptSovits
                or ListFormat.AudioFileText
                or ListFormat.AudioFileTextSpeaker;
        string root = Path.GetFullPath(options.OutputFolder);
        if (namesPaths && options.Set.AbsolutePaths && (root.Contains('|') || root.Any(char.IsControl)))
        {
            throw Bad(
                $"The path {root} cannot stand in a list, whose fields are separated by |; choose another folder for "
                    + $"the set{(target.RequiresAbsolutePaths ? "" : $", or {paths} relative")}.");
        }
    }

    /// <summary>
    /// The transcripts name languages: a word that is none says that the fields are not what they are taken for.
    /// </summary>
    public static void Languages(IReadOnlyList<DatasetItem> all, TranscriptIndex transcripts)
    {
        if (transcripts.Recordings == 0)
        {
            return;
        }

        (string Id, string Language)[] unknown =
        [
            .. all
                .Select(i => (i.Plan.Id, Language: transcripts.Find(i.Plan.Id)?.Language ?? ""))
                .Where(t =>
                    !Targets.Languages.IsLeftOpen(t.Language) && Targets.Languages.Normalize(t.Language) is null),
        ];
        if (unknown.Length > 0)
        {
            throw new InputException(
                ReasonCodes.BadOptions,
                $"The transcript of {unknown[0].Id} names the language '{unknown[0].Language}', which is none"
                    + $"{(unknown.Length > 1 ? $", and so do {unknown.Length - 1} more" : "")}; give codes such as "
                    + "zh, ja or en, and check that the fields of the list are path|speaker|language|text.");
        }
    }

    private static VoiceCleanException Bad(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}
