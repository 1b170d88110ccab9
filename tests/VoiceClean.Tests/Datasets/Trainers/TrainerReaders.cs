using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Text;

namespace VoiceClean.Tests.Datasets.Trainers;

/// <summary>A clip that a trainer takes.</summary>
/// <param name="Path">The file it opens.</param>
/// <param name="Text">What it learns that is said.</param>
/// <param name="Speaker">Whose voice it takes it for; "" = it knows none.</param>
/// <param name="Language">As the list says; "" = it says nothing.</param>
internal sealed record TakenClip(string Path, string Text, string Speaker, string Language);

/// <summary>
/// How six trainers find the clips of a set and what is said in them, written anew from what their code does
/// (repository, commit, file and line stand in <c>sources</c> and in the rules of <c>Datasets/Targets/*.json</c>).
/// Nothing of ours is used. What a trainer leaves out is not in the result; where it would stop, so does this.
/// </summary>
internal static partial class TrainerReaders
{
    private static readonly UTF8Encoding Strict = new(false, true);

    private static readonly string[] PandasMissing =
    [
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
        "NULL", "NaN", "None", "n/a", "nan", "null",
    ];

    /// <summary>Reads the set in a folder as a trainer does.</summary>
    public static List<TakenClip> Read(string trainer, string root) => trainer switch
    {
        "gpt-sovits" => GptSovits(root),
        "f5-tts" => F5(root),
        "xtts" => [.. Xtts(root, "metadata_train.csv"), .. Xtts(root, "metadata_eval.csv")],
        "style-bert-vits2" => StyleBertVits2(root),
        "ljspeech" => Ljspeech(root),
        "fish-speech" => FishSpeech(root),
        _ => throw new ArgumentOutOfRangeException(nameof(trainer)),
    };

    private static List<TakenClip> GptSovits(string root)
    {
        var taken = new Dictionary<string, TakenClip>();
        foreach (string list in Directory.EnumerateFiles(root, "*.list").Order())
        {
            foreach (string line in Text(list).Trim('\n').Split('\n'))
            {
                string[] fields = line.Split('|');
                Assert(fields.Length == 4, line);
                string path = fields[0].Trim(' ', '\'', '\n', '"');
                (int samples, double peak) = Wav(path);
                int frames = (44 + (2 * samples)) / 1280;
                bool isKnown = fields[2] is "ZH" or "zh" or "JP" or "jp" or "JA" or "ja" or "EN" or "en" or "En" or "KO"
                    or "Ko" or "ko" or "yue" or "YUE" or "Yue";
                if (isKnown && peak is > 0 and <= 2.2 && frames is > 32 and <= 1000 && fields[3].Trim().Length > 0)
                {
                    Assert(taken.TryAdd(Path.GetFileName(path), new(path, fields[3], fields[1], fields[2])), path);
                }
            }
        }

        return [.. taken.Values];
    }

    private static List<TakenClip> F5(string root)
    {
        List<string[]?> rows = PythonCsv.Read(Text(Path.Combine(root, "metadata.csv")).TrimStart('\uFEFF'));
        Assert(
            rows[0] is [var first, var second, ..] && first.Trim() == "audio_file" && second.Trim() == "text",
            "header");
        var taken = new List<TakenClip>();
        foreach (string[]? row in rows.Skip(1))
        {
            if (row is not { Length: >= 2 } || row[0].Trim().Length == 0)
            {
                continue;
            }

            string path = row[0].Trim();
            Assert(path.StartsWith('/') || Path.IsPathFullyQualified(path), path);
            if (File.Exists(path) && Wav(path).Samples / 24_000.0 is >= 0.3 and <= 30)
            {
                taken.Add(new(path, row[1].Trim(), "", ""));
            }
        }

        // Its page splits every line at | instead; both must read the same.
        string[] page =
        [
            .. Text(Path.Combine(root, "metadata.csv")).Split('\n').Skip(1).Where(l => l.Split('|').Length == 2)
                .Select(l => l.Split('|')[1].Trim()),
        ];
        Assert(page.SequenceEqual(taken.Select(t => t.Text)), "the page reads other texts than the command line");
        return taken;
    }

    private static List<TakenClip> Xtts(string root, string list)
    {
        string[][] rows =
        [
            .. PythonCsv.Read(Text(Path.Combine(root, list))).Where(r => r is not { Length: 0 })
                .Select(r => r ?? throw new InvalidDataException("EOF inside string")),
        ];
        int path = Array.IndexOf(rows[0], "audio_file"), text = Array.IndexOf(rows[0], "text"),
            speaker = Array.IndexOf(rows[0], "speaker_name");
        Assert(path >= 0 && text >= 0, "columns");
        var taken = new List<TakenClip>();
        foreach (string[] row in rows.Skip(1))
        {
            Assert(row.Length <= rows[0].Length, "more fields than columns");
            string file = Path.Combine(root, row[path]);
            string said = PandasMissing.Contains(row[text]) ? "nan" : row[text];
            if (File.Exists(file) && Wav(file).Samples is >= 11_025 and <= 255_995)
            {
                taken.Add(new(file, said, row[speaker], ""));
            }
        }

        return taken;
    }

    private static List<TakenClip> StyleBertVits2(string root)
    {
        var taken = new List<TakenClip>();
        foreach (string line in Lines(Text(Path.Combine(root, "esd.list"))))
        {
            string[] fields = line.Trim().Split('|');
            Assert(fields.Length == 4 && fields[2] is "JP" or "EN" or "ZH", line);
            string path = Path.Combine(root, "raw", fields[0]);
            if (File.Exists(path) && (44 + (2 * Wav(path).Samples)) / 1024 is > 32 and <= 1000
                && taken.All(t => t.Path != path))
            {
                taken.Add(new(path, fields[3], fields[1], fields[2]));
            }
        }

        return taken;
    }

    private static List<TakenClip> Ljspeech(string root)
    {
        string content = Text(Path.Combine(root, "metadata.csv"));
        var taken = new List<TakenClip>();
        foreach (string line in Lines(content))
        {
            string[] fields = line.Split('|');
            string path = Path.Combine(root, "wavs", fields[0] + ".wav");
            taken.Add(new(path, fields[2], "", ""));
            Assert(File.Exists(path) && Wav(path).Samples > 0, path);
        }

        // piper --single-speaker: CSV, first and last field.
        string[][] rows = [.. PythonCsv.Read(content).Select(r => r ?? ["", ""])];
        Assert(rows.All(r => r.Length >= 2), "Not enough columns");
        Assert(
            rows
                .Select(r => (r[0], r[^1]))
                .SequenceEqual(taken.Select(t => (Path.GetFileNameWithoutExtension(t.Path), t.Text))),
            "piper reads other texts than Coqui");
        return taken;
    }

    private static List<TakenClip> FishSpeech(string root)
    {
        var taken = new List<TakenClip>();
        foreach (string path in Directory.EnumerateFiles(root, "*.wav", SearchOption.AllDirectories).Order())
        {
            string text = Path.ChangeExtension(path, ".lab");
            if (File.Exists(text))
            {
                string said = Blanks().Replace(Angles().Replace(Braces().Replace(Text(text), " "), " "), " ");
                taken.Add(new(path, said, Path.GetFileName(Path.GetDirectoryName(path)!), ""));
            }
        }

        return taken;
    }

    private static string Text(string path) => Strict.GetString(File.ReadAllBytes(path));

    private static string[] Lines(string content) =>
        content.EndsWith('\n') ? content[..^1].Split('\n') : content.Split('\n');

    private static (int Samples, double Peak) Wav(string path)
    {
        byte[] wav = File.ReadAllBytes(path);
        int bytes = BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(40));
        double peak = 0;
        for (int at = 44; at < 44 + bytes; at += 2)
        {
            peak = Math.Max(peak, Math.Abs(BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(at)) / 32768.0));
        }

        return (bytes / 2, peak);
    }

    private static void Assert(bool good, string what)
    {
        if (!good)
        {
            throw new InvalidDataException($"The trainer stops: {what}");
        }
    }

    [GeneratedRegex(@"\{.*?\}")]
    private static partial Regex Braces();

    [GeneratedRegex("<.*?>")]
    private static partial Regex Angles();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
