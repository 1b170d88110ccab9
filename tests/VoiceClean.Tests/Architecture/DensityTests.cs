using Xunit;

namespace VoiceClean.Tests.Architecture;

/// <summary>How dense the source may be: columns of a line, lines of a file, lines of a method.</summary>
public class DensityTests
{
    private const int MostColumns = 120, MostLinesOfFile = 250, MostLinesOfMethod = 40;

    // Longer files, and why a seam through them would hide more than it shows.
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["src/VoiceClean/Formats/Wav/WavLayoutParser.cs"] =
            "one walk over the chunks of a file, and what it remembers on the way",
        ["src/VoiceClean/Stages/SpectralGate/GateConstants.cs"] =
            "a table: a constant, its unit, its source and its cost",
        ["tests/VoiceClean.Cli.Tests/Commands/BatchCommandTests.cs"] = "facts about one command over one folder",
        ["tests/VoiceClean.Tests/Datasets/DatasetTests.cs"] = "facts about one set that is made once",
        ["tests/VoiceClean.Tests/Formats/Wav/WavWriterTests.cs"] = "facts about one writer",
        ["tests/VoiceClean.Tests/Stages/NormalizeLoudness/NormalizeLoudnessStageTests.cs"] = "facts about one stage",
        ["tests/VoiceClean.Tests/Stages/SpectralGate/SlowGate.cs"] = "the gate written down plainly, as a reference",
    };

    // Longer methods of what is shipped: why they stay whole, and which they are.
    private static readonly Dictionary<string, string[]> LongMethodsByReason = new()
    {
        ["a walk through a format, field after field"] =
        [
            "AacFrameDecoder.Decode",
            "AacFrameDecoder.ReadChannels",
            "AudioDecoders.Open",
            "ClipLoader.Load",
            "ContentType.Of",
            "FlacFrameHeader.TryParse",
            "FlacSubframe.Read",
            "JournalLine.TryRead",
            "LineReader.Read",
            "Mp4Fragment.ReadRun",
            "SoundFileReader.Read",
            "SoundFileReader.SoundFileReader",
            "WavLayoutParser.TrueSize",
            "WaveFormatChunk.Parse",
        ],
        ["one loop whose variables would all be parameters"] =
        [
            "Amplitudes.Add",
            "DoubleFft.Radix4",
            "FftPasses.Radix8",
            "GateGain.Compute",
            "HumDetector.Detect",
            "InterChannelDelay.Find",
            "KWeightingFilter.Run",
            "NoisereduceEngine.Process",
            "OrderStatistics.Select",
            "SnrEstimator.Estimate",
            "SpeechBand.MeasureSideBySide",
            "SpeechPresence.Measure",
        ],
        ["rules, one after the other"] =
        [
            "CleanCommand.CheckPlaces",
            "DatasetTargets.Parse",
            "DownmixRules.DecidePair",
            "SetReader.WithLines",
        ],
        ["the steps of one thing, in their order"] =
        [
            "BuildSet.Run",
            "ClipWriter.Write",
            "CutPlan.Make",
            "DatasetBuilder.WriteClips",
            "DatasetFiles.Write",
            "FolderWalk.Visit",
            "FolderWalk.VisitEntry",
            "NormalizeLoudnessStage.Process",
            "SlicePlanner.Plan",
            "SpectralGateStage.Gate",
        ],
        ["a text, line after line"] =
        [
            "BatchText.PrintSummary",
            "DatasetText.Print",
            "InspectionTable.Add",
            "Screen.Screen",
        ],
    };

    [Fact]
    public void No_line_has_more_than_120_columns()
    {
        string[] wrong =
        [
            .. Sources(".cs", ".py", ".js", ".css")
                .SelectMany(f =>
                    File.ReadLines(f)
                        .Select((line, i) => (line, i))
                        .Where(l => l.line.Length > MostColumns)
                        .Select(l => $"{SourceTree.Name(f)}:{l.i + 1} has {l.line.Length} columns")),
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Files_of_more_than_250_lines_are_known_with_their_reason()
    {
        string[] found =
        [
            .. Sources(".cs", ".js", ".css")
                .Where(f => File.ReadLines(f).Count() > MostLinesOfFile)
                .Select(SourceTree.Name),
        ];
        AssertKnown(LongFiles.Keys, found);
    }

    [Fact]
    public void Methods_of_more_than_40_lines_are_known_with_their_reason()
    {
        string[] found =
        [
            .. SourceTree
                .Files(Path.Combine(SourceTree.Root, "src"), ".cs")
                .SelectMany(f =>
                    LongMethods
                        .Of(File.ReadAllLines(f), MostLinesOfMethod)
                        .Select(m => $"{Path.GetFileNameWithoutExtension(f)}.{m.Name}"))
                .Distinct(),
        ];
        AssertKnown(LongMethodsByReason.Values.SelectMany(m => m), found);
    }

    private static IEnumerable<string> Sources(params string[] endings) =>
        new[] { "src", "tests", "samples" }.SelectMany(d =>
            SourceTree.Files(Path.Combine(SourceTree.Root, d), endings));

    private static void AssertKnown(IEnumerable<string> known, string[] found)
    {
        string[] wrong = [.. found.Except(known)];
        Assert.True(wrong.Length == 0, "Too long; find a seam or say why there is none:\n" + string.Join('\n', wrong));
    }
}
