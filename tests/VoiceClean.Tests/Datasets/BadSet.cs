using System.Text;
using VoiceClean.Datasets.Targets;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Tests.Datasets;

/// <summary>Sets of two clips, of which something is wrong with the first.</summary>
internal static class BadSet
{
    /// <summary>What is said in a clip.</summary>
    public const string English = "Seven clean words are said in here.", Chinese = "今天天气很好我们去公园吧";

    /// <summary>Writes a set and returns the folder of clips that the trainer is given, null = none.</summary>
    public static string? Build(TemporaryFolder folder, DatasetTarget target, string what)
    {
        string[] words = what.StartsWith("text=", StringComparison.Ordinal) ? [what] : what.Split(", ");
        string text = English, language = "EN", name = "a.wav";
        double seconds = 2, peak = 0.9;
        if (what.StartsWith("text=", StringComparison.Ordinal))
        {
            bool named = target.ListFormat is ListFormat.GptSovits or ListFormat.StyleBertVits2;
            int bar = named ? what.LastIndexOf('|') : what.Length;
            (text, language) = (what[5..bar], named ? what[(bar + 1)..] : "EN");
        }

        foreach (string word in words)
        {
            name = word.StartsWith("name=", StringComparison.Ordinal) ? word[5..] : name;
            seconds = word.StartsWith("seconds=", StringComparison.Ordinal)
                ? double.Parse(word[8..], System.Globalization.CultureInfo.InvariantCulture)
                : seconds;
            text = word.StartsWith("seconds=", StringComparison.Ordinal)
                ? string.Join(' ', Enumerable.Repeat("word", (int)(3 * seconds) + 1))
                : text;
            peak = word == "silent" ? 0 : peak;
            text = word == "long chinese" ? string.Concat(Enumerable.Repeat(Chinese, 6)) : text;
        }

        bool isLast = text.EndsWith(", last", StringComparison.Ordinal), isOld = words.Contains("old layout");
        string speaker = isOld ? "anna" : target.FolderOf("anna");
        string first = $"{speaker}/{(words.Contains("deep") ? "sub/" : "")}{name}";
        text = isLast ? text[..^6] : text;
        Put(folder, first, seconds, peak);
        Put(folder, $"{speaker}/b.wav", 2, 0.9);
        var lines = new List<(string File, string Language, string Text)>
        {
            (first, language, text), ($"{speaker}/b.wav", "EN", "Somebody said: \"These words are said.\""),
        };
        if (isLast)
        {
            lines.Reverse();
        }

        if (words.Contains("two lines"))
        {
            lines.Add((first, "EN", "Some other words are said here."));
        }

        if (words.Contains("equal names"))
        {
            Put(folder, "b/a.wav", 2, 0.9);
            lines.Add(("b/a.wav", "EN", "Some other words are said here."));
        }

        if (words.Contains("texts beside"))
        {
            File.WriteAllText(Path.Combine(folder.Path, "anna", "a.txt"), English);
        }

        WriteList(folder, target, lines, words);
        return words.Contains("folder") ? Path.Combine(folder.Path, "anna") : null;
    }

    private static void WriteList(
        TemporaryFolder folder,
        DatasetTarget target,
        List<(string File, string Language, string Text)> lines,
        string[] words)
    {
        Encoding encoding = words.Contains("gbk") ? Encoding.Latin1 : new UTF8Encoding(words.Contains("bom"));
        // "大家好" in GB 18030, as the bytes of Latin-1.
        string Say(string text) => words.Contains("gbk") ? "´ó¼Òºú" : text;
        string PathOf(string file) =>
            words.Contains("relative") ? file
            : words.Contains("moved") && !file.EndsWith("b.wav", StringComparison.Ordinal) ? "/elsewhere/" + file
            : words.Contains("windows path") && !file.EndsWith("b.wav", StringComparison.Ordinal)
                ? "D:\\set\\" + file.Replace('/', '\\')
            : Path.Combine(folder.Path, file);
        if (target.ListFormat == ListFormat.TextBeside)
        {
            foreach ((string file, _, string text) in lines.Skip(words.Contains("no text") ? 1 : 0))
            {
                bool first = file == lines[0].File;
                File.WriteAllText(
                    Path.ChangeExtension(Path.Combine(folder.Path, file), ".lab"),
                    first ? Say(text) : text,
                    first ? encoding : new UTF8Encoding(false));
            }

            return;
        }

        string Line((string File, string Language, string Text) l) => target.ListFormat switch
        {
            ListFormat.GptSovits => $"{PathOf(l.File)}|anna|{l.Language}|{Say(l.Text)}",
            ListFormat.StyleBertVits2 => $"{l.File[(l.File.IndexOf('/') + 1)..]}|anna|{l.Language}|{Say(l.Text)}",
            ListFormat.Ljspeech =>
                $"{Path.GetFileNameWithoutExtension(l.File)}|{Say(l.Text)}|{Say(l.Text.Split('|')[0])}",
            ListFormat.AudioFileText => $"{PathOf(l.File)}|{Say(l.Text)}",
            _ => $"{PathOf(l.File)}|{Say(l.Text)}|anna",
        };
        string[] header = words.Contains("no header") ? [] : target.ListFormat switch
        {
            ListFormat.AudioFileText => ["audio_file|text"],
            ListFormat.AudioFileTextSpeaker => ["audio_file|text|speaker_name"],
            _ => [],
        };
        string end = words.Contains("crlf") ? "\r\n" : "\n";
        string[] blank = words.Contains("blank line") ? [""] : [];
        string name = words.Contains("old layout") ? "anna." + target.ListName
            : target.ListName.Contains("{speaker}", StringComparison.Ordinal) ? "anna.list"
            : "metadata.csv";
        name = name == "metadata.csv" && target.ListName == "esd.list" ? "esd.list" : name;
        File.WriteAllText(folder[name], string.Join(end, [.. header, .. lines.Select(Line), .. blank, ""]), encoding);
    }

    private static void Put(TemporaryFolder folder, string name, double seconds, double peak)
    {
        string path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        float[] samples = new float[(int)(seconds * 32_000)];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)(peak * Math.Sin(2 * Math.PI * 200 * i / 32_000));
        }

        using FileStream file = File.Create(path);
        WavWriter.Write(file, samples, 32_000, SampleEncoding.Pcm16, name);
    }
}
