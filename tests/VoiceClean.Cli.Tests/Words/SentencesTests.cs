using System.CommandLine;
using System.Text.RegularExpressions;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Datasets.Targets;
using VoiceClean.Reporting;
using Xunit;

namespace VoiceClean.Cli.Tests.Words;

/// <summary>
/// English stands where it is said; <c>Reporting/Words/zh-CN.sentences.json</c> has the same in Chinese. Whoever
/// changes or adds a sentence finds it missing here.
/// </summary>
public partial class SentencesTests
{
    // Nobody sees these in a terminal, or they are names: what HTTP says, reports made by keys, names of
    // languages, and what comes from libraries as it is.
    [GeneratedRegex(
        @"VoiceClean\.NAudio"
            + @"|VoiceClean\.Web/(?!Http/(ListenAddress|WebHost)|Serve/(BearerTokens|ServeOptions|StateEndpoints)"
            + @"|Studio/(ClipEndpoints|OpenClips|RenderEndpoints|StudioClip|StudioFiles|StudioFrame))"
            + @"|Targets/Languages\.cs|LabelFormat\.cs|/Reporting/(Html|Markdown|Page|Csv)"
            + @"|LogFile\.cs|OptionLists\.cs")]
    private static partial Regex Elsewhere();

    // Usages and other things to type; names of formats, libraries and schedulers; what is looked for in the words of
    // others; lines of protocols.
    [GeneratedRegex(
        @"^ ?voiceclean |^\{0\} voiceclean |\n|^(NLayer|Concentus|NVorbis) |ADPCM$|^MPEG audio$|^Windows Media"
            + @"|^(Slurm array|AWS Batch|Cloud Run|Grid Engine|Open MPI|GNU parallel)$|^Last message|^<!doctype"
            + @"|^\{0\} : descriptor|^\{0\} \{1\} \{2\} \{3\}|^\.|^VoiceClean\.|^Report to look at$|^resident pages$")]
    private static partial Regex NoSentence();

    // Two words, or one with a full stop, or a word before a colon.
    [GeneratedRegex(@"[A-Za-z]{2,} [A-Za-z{]|[a-z]{3,}\.$|[a-z]: ")]
    private static partial Regex Sentence();

    private static readonly IReadOnlyDictionary<string, string> Chinese = ReportWords.Of("zh-CN.sentences");

    [Fact]
    public void Every_sentence_is_there_in_Chinese()
    {
        string[] missing =
        [
            .. Said().Where(s => !Chinese.ContainsKey(s.Sentence))
                .Select(s => $"{s.Place}: {s.Sentence}").Distinct(),
        ];
        Assert.True(
            missing.Length == 0,
            "Add to src/VoiceClean/Reporting/Words/zh-CN.sentences.json (sorted by key):\n"
                + string.Join('\n', missing));
    }

    [Fact]
    public void No_translation_is_there_in_vain()
    {
        HashSet<string> said = [.. Said().Select(s => s.Sentence)];
        string readme = Path.Combine(BuiltProgram.RepositoryRoot(), "tests/VoiceClean.Cli.Tests/ReadmeTests.cs");
        string sources = string.Concat(Sources().Append(readme).Select(File.ReadAllText));
        Assert.DoesNotContain(
            Chinese.Keys,
            k =>
                Sentence().IsMatch(k)
                && !said.Contains(k)
                && !sources.Contains($"\"{k}\"", StringComparison.Ordinal)
                && !k.StartsWith("{0} ", StringComparison.Ordinal)
                && k != "Default the standard chain.");
    }

    [Fact]
    public void Both_languages_have_the_same_slots() =>
        Assert.All(Chinese, c => Assert.Equal(Slots(c.Key), Slots(c.Value)));

    [Fact]
    public void The_sentences_stand_in_order_and_none_is_empty()
    {
        Assert.Equal(Chinese.Keys.Order(StringComparer.Ordinal), Chinese.Keys);
        Assert.DoesNotContain(Chinese.Values, string.IsNullOrWhiteSpace);
    }

    private static string[] Slots(string text) =>
        [.. Slot().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{~?(\d)\}")]
    private static partial Regex Slot();

    private static IEnumerable<(string Sentence, string Place)> Said()
    {
        foreach (string file in Sources())
        {
            string place = Path.GetRelativePath(BuiltProgram.RepositoryRoot(), file).Replace('\\', '/');
            if (!Elsewhere().IsMatch(place))
            {
                foreach ((string sentence, int line) in SourceSentences.In(File.ReadAllText(file)))
                {
                    string key = sentence.TrimEnd('\n');
                    if (Sentence().IsMatch(key) && !NoSentence().IsMatch(key))
                    {
                        yield return (key, $"{place}:{line}");
                    }
                }
            }
        }

        foreach (string sentence in InHelp().Concat(OfTrainers()))
        {
            yield return (sentence, "help or targets");
        }
    }

    private static IEnumerable<string> Sources() =>
        new DirectoryInfo(Path.Combine(BuiltProgram.RepositoryRoot(), "src"))
            .EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(f => !f.FullName.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Select(f => f.FullName);

    // Descriptions without their examples, what the examples are about, headings.
    private static IEnumerable<string> InHelp()
    {
        RootCommand root = Root.Build();
        yield return HelpText.Values.ReplaceLineEndings(" ");
        foreach (Command command in root.Subcommands.Prepend(root))
        {
            string[] parts = command.Description!.ReplaceLineEndings("\n").Split("\n\nExamples:\n");
            yield return parts[0].Replace('\n', ' ');
            foreach (string example in parts.Skip(1).SelectMany(p => p.Split('\n')))
            {
                if (example.LastIndexOf("   ", StringComparison.Ordinal) is var gap and > 2)
                {
                    yield return example[(gap + 3)..];
                }
            }
        }

        IEnumerable<OptionRow> rows = RunRows.All.Concat<OptionRow>(OptionTable.Cleaning.Rows);
        foreach (string group in rows.Select(r => r.Group).Distinct())
        {
            yield return group + ":";
        }
    }

    private static IEnumerable<string> OfTrainers() =>
        DatasetTargets.Names.SelectMany(n => DatasetTargets.Load(n).Rules).Select(r => r.Because);
}
