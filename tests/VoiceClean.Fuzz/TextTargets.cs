using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Datasets.Lists;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.State;

namespace VoiceClean.Fuzz;

/// <summary>The parsers of texts: what people write, and what other programs wrote.</summary>
internal static class TextTargets
{
    private const int LargestText = 1 << 16;

    private static readonly DatasetTarget[] Trainers = [.. DatasetTargets.Names.Select(n => DatasetTargets.Load(n))];

    private static readonly string[] RecordingNames = [".wav", ".mp3", ".flac"];

    /// <summary>Transcripts of every kind; the extension decides only where the content leaves a choice.</summary>
    public static void Transcripts(byte[] file)
    {
        foreach (string extension in TranscriptReader.Extensions)
        {
            try
            {
                _ = TranscriptReader.Read(file, "x" + extension, IsRecording);
            }
            catch (InputException)
            {
                // Refused with a reason.
            }
        }
    }

    /// <summary>Lists of sets as trainers read them, lists of inputs, and the journal.</summary>
    public static void Lists(byte[] file)
    {
        foreach (DatasetTarget trainer in Trainers)
        {
            _ = ListParser.Parse("x.list", file, trainer);
        }

        _ = InputList.Parse(new MemoryStream(file), nulSeparated: true);
        _ = InputList.Parse(new MemoryStream(file), nulSeparated: false);
        foreach ((long position, ReadOnlyMemory<byte> line) in LineReader.Read(new MemoryStream(file)))
        {
            _ = JournalLine.TryRead(line, position);
            _ = JournalLine.ReadReport(line);
        }
    }

    /// <summary>Configuration files, records of trainers, and query strings.</summary>
    public static void Configuration(byte[] file)
    {
        string text = Encoding.UTF8.GetString(file, 0, Math.Min(file.Length, LargestText));
        Refusable(() => OptionFile.Parse(text, "fuzz"));
        Refusable(() => DatasetTargets.Parse(text, "fuzz"));
        Refusable(() => OptionTable.Cleaning.ParseQuery(text));
    }

    private static bool IsRecording(string name) =>
        Array.Exists(RecordingNames, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static void Refusable(Action parse)
    {
        try
        {
            parse();
        }
        catch (VoiceCleanException)
        {
            // Refused with a reason.
        }
    }
}
