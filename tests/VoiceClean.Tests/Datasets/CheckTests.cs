using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets;

public class CheckTests
{
    private static readonly DatasetTarget Target = DatasetTargets.Load("gpt-sovits");

    [Fact]
    public void Each_rule_finds_exactly_the_clips_that_break_it()
    {
        using var folder = new TemporaryFolder();
        var lines = new List<string>();
        // Two clips that are fine, and one for each rule.
        Put(folder, lines, "anna/good1.wav", 5);
        Put(folder, lines, "anna/good2.wav", 19.9);
        Put(folder, lines, "anna/too_short_for_the_loader.wav", 0.55);
        Put(folder, lines, "anna/too_short_for_the_sampler.wav", 0.62);
        Put(folder, lines, "anna/too_long.wav", 20.5);
        Put(folder, lines, "anna/far_too_long.wav", 55);
        Put(folder, lines, "anna/stereo.wav", 3, channels: 2);
        Put(folder, lines, "anna/44100.wav", 3, rate: 44_100);
        Put(folder, lines, "anna/quiet.wav", 3, peak: 0.2);
        Put(folder, lines, "anna/deep.wav", 3, encoding: SampleEncoding.Pcm24);
        Put(folder, lines, "anna/wraps.wav", 3, peak: 1.5, encoding: SampleEncoding.IeeeFloat);
        Put(folder, lines, "anna/skipped.wav", 3, peak: 2.5, encoding: SampleEncoding.IeeeFloat);
        Put(folder, lines, "bo/good1.wav", 3);
        Put(folder, null, "anna/unlisted.wav", 3);
        Put(folder, lines, "anna/UPPER.WAV", 3);
        Put(folder, lines, "anna/bracket(1).wav", 3);
        Put(folder, lines, "anna/klingon.wav", 3, language: "TLH");
        Put(folder, lines, "anna/mumbled.wav", 10, text: "hm");
        Put(folder, lines, "anna/rattled.wav", 2, text: new string('a', 80));
        Put(folder, lines, "anna/below/deep_down.wav", 3);
        Put(folder, lines, "anna/mute.wav", 3, text: "");
        Put(folder, lines, "anna/foreign.wav", 3, text: "北京的天气今天很好");
        Put(folder, lines, "anna/mixed.wav", 2, text: "我用Python", language: "ZH");
        Put(folder, lines, "anna/silence.wav", 3, peak: 0);
        Put(folder, lines, "anna/twice.wav", 3);
        lines.Add(lines[^1]);
        File.WriteAllText(Path.Combine(folder.Path, "anna", "cover.jpg"), "no sound");
        File.WriteAllText(Path.Combine(folder.Path, "anna", "broken.wav"), "no sound");
        lines.Add($"{folder.Path}/anna/broken.wav|anna|EN|{Words(3)}");
        lines.Add("anna/missing.wav|anna|EN|gone");
        lines.Add("anna/good1.wav|anna|EN|a text | with a bar");
        File.WriteAllLines(folder["anna.list"], lines);
        Put(folder, null, "anna/moved.wav", 3);
        File.WriteAllText(folder["moved.list"], $"/elsewhere/anna/moved.wav|anna|EN|{Words(3)}\n");

        CheckedClip[] found = Check(folder, Target);
        (string, string, string)[] expected =
        [
            ("anna/44100.wav", "altered", "sample_rate"),
            ("anna/UPPER.WAV", "warned", "extension"),
            ("anna/below/deep_down.wav", "warned", "below_folder"),
            ("anna/bracket(1).wav", "warned", "name"),
            ("anna/broken.wav", "dropped", "readable"),
            ("anna/deep.wav", "altered", "bit_depth"),
            ("anna/far_too_long.wav", "dropped", "loader_length+sampler_length"),
            ("anna/foreign.wav", "dropped", "text_language"),
            ("anna/good1.wav", "spoiled", "base_name"),
            ("anna/good2.wav", "ok", ""),
            ("anna/klingon.wav", "dropped", "list_language"),
            ("anna/mixed.wav", "dropped", "text_letters_lost+phoneme_rate"),
            ("anna/moved.wav", "dropped", "path"),
            ("anna/mumbled.wav", "dropped", "phoneme_rate"),
            ("anna/mute.wav", "dropped", "text_missing"),
            ("anna/quiet.wav", "altered", "peak_rescaled"),
            ("anna/rattled.wav", "dropped", "phoneme_rate"),
            ("anna/silence.wav", "dropped", "silent"),
            ("anna/skipped.wav", "dropped", "peak_limit+peak_wraps+peak_rescaled+bit_depth"),
            ("anna/stereo.wav", "altered", "channels"),
            ("anna/too_long.wav", "dropped", "sampler_length"),
            ("anna/too_short_for_the_loader.wav", "dropped", "loader_length+sampler_length"),
            ("anna/too_short_for_the_sampler.wav", "dropped", "sampler_length"),
            ("anna/twice.wav", "warned", "repeated_line"),
            ("anna/unlisted.wav", "dropped", "in_list"),
            ("anna/wraps.wav", "altered", "peak_wraps+bit_depth"),
            ("bo/good1.wav", "spoiled", "base_name"),
            ("anna.list:28", "dropped", "list_fields"),
            ("anna/missing.wav", "dropped", "path"),
            ("anna/cover.jpg", "warned", "not_audio"),
        ];
        Assert.Equal(expected, found.Select(c => (c.File, c.Status, string.Join('+', c.Rules.Select(r => r.Rule)))));
        Assert.All(
            Target.Rules.Where(r => r.Rule is not ("name_breaks_list" or "list_encoding")),
            r => Assert.Contains(found, c => c.Rules.Any(b => b.Rule == r.Rule)));
        CheckSummary summary = SetChecker.Summarize(found, Target);
        Assert.Equal(
            (29, 0, 17, 2, 5, 1),
            (summary.Clips, summary.Refused, summary.Dropped, summary.Spoiled, summary.Altered, summary.WithoutText));
    }

    [Fact]
    public void A_folder_of_clips_without_lists_is_a_set_too()
    {
        using var folder = new TemporaryFolder();
        Put(folder, null, "a.wav", 3);
        Put(folder, null, "b.wav", 30.1);
        Assert.Equal(["ok", "dropped"], Check(folder, Target).Select(c => c.Status));
        // Another trainer resamples both.
        Assert.Equal(["altered", "dropped"], Check(folder, DatasetTargets.Load("f5-tts")).Select(c => c.Status));
    }

    [Fact]
    public void An_empty_or_missing_folder_says_so()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ErrorKind.Input, Assert.Throws<InputException>(() => SetReader.List(folder.Path, Target)).Kind);
        Assert.Equal(
            ErrorKind.Input,
            Assert.Throws<InputException>(() => SetReader.List(folder["x"], Target)).Kind);
    }

    private static void Put(
        TemporaryFolder folder,
        List<string>? lines,
        string name,
        double seconds,
        int rate = 32_000,
        int channels = 1,
        double peak = 0.9,
        SampleEncoding encoding = SampleEncoding.Pcm16,
        string language = "EN",
        string? text = null)
    {
        string path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        float[] samples = new float[(int)(seconds * rate) * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)(
                (channels == 2 ? 0.7 : 1) * peak * Math.Sin(2 * Math.PI * 200 * (i / channels) / rate));
        }

        if (channels == 2)
        {
            File.WriteAllBytes(path, TestWav.Pcm16(rate, [.. samples.Select(x => (short)(32767 * x))], 2));
        }
        else
        {
            using FileStream file = File.Create(path);
            WavWriter.Write(file, samples, rate, encoding, name);
        }

        lines?.Add($"{path}|{Path.GetDirectoryName(name)}|{language}|{text ?? Words(seconds)}");
    }

    // About as many as are said in a time.
    private static string Words(double seconds) => string.Join(' ', Enumerable.Repeat("word", (int)(3 * seconds) + 1));

    private static CheckedClip[] Check(TemporaryFolder folder, DatasetTarget target)
    {
        var decoders = AudioDecoders.CreateDefault();
        return
        [
            .. SetReader
                .List(folder.Path, target)
                .Select(c => SetChecker.Check(folder.Path, c, target, decoders, TestContext.Current.CancellationToken)),
        ];
    }
}
