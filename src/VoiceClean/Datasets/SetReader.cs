using VoiceClean.Files;
using System.Text;
using VoiceClean.Datasets.Lists;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>
/// Finds the clips of a finished set of any origin and what its lists say of them, as the target's trainer would.
/// </summary>
internal static class SetReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// The clips of a set in the order of their paths, then lines without a clip and lists that cannot be read. Opens
    /// lists and texts, not clips.
    /// </summary>
    /// <param name="root">Folder of the set: the target's layout, speakers' folders with lists beside them, or one
    /// folder of clips.</param>
    /// <param name="target">For whom.</param>
    /// <param name="decoders">Whose extensions are those of clips; null = the decoders that come with
    /// VoiceClean.</param>
    /// <param name="wavFolder">The folder of clips that GPT-SoVITS is given besides its list; null = none.</param>
    /// <exception cref="InputException">Missing, or there is nothing in it.</exception>
    public static IReadOnlyList<SetClip> List(
        string root,
        DatasetTarget target,
        AudioDecoders? decoders = null,
        string? wavFolder = null)
    {
        decoders ??= AudioDecoders.CreateDefault();
        ArgumentNullException.ThrowIfNull(target);
        if (!Directory.Exists(root))
        {
            throw new InputException(ReasonCodes.NotFound, $"{root} is no folder; name the folder of the set.");
        }

        try
        {
            var lists = SetLists.Read(root, target);
            string[] files = FilesOf(root, target, lists);
            string[] audio = [.. files.Where(decoders.IsKnownName)];
            IReadOnlyList<SetClip> clips =
            [
                .. target.ListFormat == ListFormat.TextBeside
                    ? WithTexts(root, audio, files)
                    : WithLines(audio, lists, target, new LineTargets(root, audio, target, wavFolder)),
                .. files
                    .Except(audio, StringComparer.Ordinal)
                    .Where(_ => target.Rules.Any(r => r.Measure == "foreign_file"))
                    .Select(f => new SetClip { File = f, IsForeign = true }),
            ];
            return clips.Any(c => !c.IsForeign)
                ? clips
                : throw new InputException(ReasonCodes.NotFound, $"There are no clips in {root}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ReasonCodes.PermissionDenied, $"{root} cannot be read: {SystemErrors.Say(e)}.", e);
        }
    }

    // Where the target looks into one folder only, nothing else counts: the trainer's own files lie beside it.
    private static string[] FilesOf(string root, DatasetTarget target, SetLists lists)
    {
        string top = target.ClipFolder.Split('/')[0];
        string? only = top == Layout.Speaker ? null : top;
        bool isThere = only is not null && Directory.Exists(Path.Combine(root, only));
        return
        [
            .. Directory
                .EnumerateFiles(
                    isThere ? Path.Combine(root, only!) : root,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(p => Path.GetRelativePath(root, p).Replace('\\', '/'))
                .Where(p => !IsBeside(p, lists))
                .Order(StringComparer.Ordinal),
        ];
    }

    // What stands beside the clips' folders, by our own layout or because it is a list.
    private static bool IsBeside(string file, SetLists lists) =>
        file.Split('/') is [StateFolder.Name or DatasetPlan.RejectedFolder or WrittenFiles.EditedFolder, _, ..]
        || lists.IsList(file)
        || (
            !file.Contains('/', StringComparison.Ordinal)
            && Path.GetExtension(file) is ".jsonl" or ".json" or ".md" or ".txt" or ".lab");

    private static IEnumerable<SetClip> WithTexts(string root, string[] audio, string[] files)
    {
        var texts = files
            .Where(f => Path.GetExtension(f) == TextFiles.Extension)
            .ToHashSet(StringComparer.Ordinal);
        foreach (string file in audio)
        {
            string text = TextFiles.Of(file);
            string[] top = file.Contains('/', StringComparison.Ordinal) ? [] : [ListFacts.AtTop];
            bool isListed = texts.Remove(text) || File.Exists(Path.Combine(root, text));
            string? said = isListed ? ReadText(Path.Combine(root, text)) : null;
            yield return new SetClip
            {
                File = file,
                IsListed = isListed,
                Text = said,
                Facts = isListed && said is null ? [.. top, ListFacts.NotUtf8] : top,
            };
        }

        foreach (string text in texts.Order(StringComparer.Ordinal))
        {
            yield return new SetClip { File = text, IsLine = true, Facts = [ListFacts.PathNotFound] };
        }
    }

    private static string? ReadText(string path)
    {
        try
        {
            return Strict.GetString(File.ReadAllBytes(path)).Trim();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static IEnumerable<SetClip> WithLines(
        string[] audio,
        SetLists lists,
        DatasetTarget target,
        LineTargets targets)
    {
        bool isGptSovits = target.ListFormat == ListFormat.GptSovits;
        (ListLine Line, string? File, string? Fact)[] lines =
        [
            .. lists.Lists.SelectMany(l => l.Lines).Select(l =>
            {
                (string? file, string? fact) = targets.Follow(l);
                return (l, file, fact);
            }),
        ];
        Lookup<string, (ListLine Line, string? File, string? Fact)> byClip = lines
            .Where(l => l.File is not null)
            .ToLookup(l => l.File!, StringComparer.Ordinal);
        Lookup<string, ListLine> byName = lines
            .Select(l => l.Line)
            .ToLookup(l => LineTargets.BaseName(l.Path.Trim()), StringComparer.Ordinal);
        bool? listed = lists.Lists.Count == 0 || lists.Lists.Any(l => l.Facts.Count > 0) ? null : false;
        foreach (string file in audio)
        {
            ListLine[] said = [.. byClip[file].Select(l => l.Line)];
            ListLine[] same = isGptSovits && said.Length > 0
                ? [.. byName[LineTargets.BaseName(said[0].Path.Trim())]]
                : said;
            bool isDeep = isGptSovits && file.Split('/').Length > 2;
            yield return new SetClip
            {
                File = file,
                IsListed = said.Length > 0 ? true : listed,
                // The first of equal names gets the last text; elsewhere the first line counts.
                Language = (isGptSovits ? said.LastOrDefault() : said.FirstOrDefault())?.Language,
                Text = (isGptSovits ? same.LastOrDefault() : said.FirstOrDefault())?.Text,
                Facts =
                [
                    .. byClip[file].Select(l => l.Fact).OfType<string>().Distinct(),
                    .. said.SelectMany(l => l.Facts).Distinct(),
                    .. Repeated(same, isGptSovits),
                    .. isDeep ? [ListFacts.BelowFolder] : (string[])[],
                ],
            };
        }

        foreach (SetClip clip in WithoutClip(lists, lines))
        {
            yield return clip;
        }
    }

    private static string[] Repeated(ListLine[] lines, bool byName) =>
        lines.Length < 2 ? []
        : lines.DistinctBy(l => (l.Path, l.Language, l.Text)).Count() == 1 ? [ListFacts.LineRepeated]
        : [byName ? ListFacts.NameShared : ListFacts.TextsDiffer];

    private static IEnumerable<SetClip> WithoutClip(
        SetLists lists,
        IEnumerable<(ListLine Line, string? File, string? Fact)> lines)
    {
        foreach (ParsedList list in lists.Lists)
        {
            foreach (int line in list.BadLines)
            {
                yield return new SetClip { File = $"{list.Name}:{line}", IsLine = true, Facts = [ListFacts.BadLine] };
            }
        }

        foreach ((ListLine line, _, string? fact) in lines.Where(l => l.File is null))
        {
            // A clip outside the set that is there: the trainer has it, and it is not ours to check.
            yield return new SetClip { File = line.Path, IsLine = true, Facts = fact is null ? [] : [fact] };
        }

        foreach (ParsedList list in lists.Lists.Where(l => l.Facts.Count > 0))
        {
            yield return new SetClip { File = list.Name, IsList = true, Facts = list.Facts };
        }

        if (lists.IsNameWrong)
        {
            yield return new SetClip
            {
                File = string.Join(", ", lists.ListLike.Order(StringComparer.Ordinal)),
                IsList = true,
                Facts = [ListFacts.NameWrong],
            };
        }
    }
}
