using System.Globalization;
using System.Text;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using Xunit;

namespace VoiceClean.Tests.Datasets;

public class SetPartsTests
{
    [Theory]
    [InlineData("talk 1", "talk_1")]
    [InlineData("a|b[c]\"d\"", "a_b_c_d")]
    [InlineData("…name. . ", "name")]
    [InlineData("你好 (世界)", "你好_世界")]
    [InlineData("|||", "x")]
    [InlineData("_rejected", "rejected")]
    [InlineData("../../etc", "etc")]
    public void Names_are_clean(string name, string expected) => Assert.Equal(expected, ClipNames.Clean(name));

    [Fact]
    public void Names_are_those_that_looking_at_every_character_gives()
    {
        var random = new Random(5);
        string[] parts =
        [
            "a", "Z", "7", "-", ".", "_", " ", "|", "/", "é", "e\u0301", "声", "\U00010428", "\uD83C", "\uFFFD",
            "\u0903",
        ];
        for (int round = 0; round < 3_000; round++)
        {
            int length = round % 50 == 0 ? 400 : random.Next(0, 12);
            string name = string.Concat(Enumerable.Range(0, length).Select(_ => parts[random.Next(parts.Length)]));
            Assert.Equal(ByRunes(name), ClipNames.Clean(name));
        }
    }

    [Fact]
    public void Names_of_any_length_stay_short_enough_for_a_file_system()
    {
        foreach (string letter in new[] { "a", "é", "世", "𐐀" })
        {
            string name = ClipNames.Of(ClipNames.Clean(string.Concat(Enumerable.Repeat(letter, 300))), 1, 2);
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 150, 255);
            Assert.True(ClipNames.IsGood(name));
        }
    }

    private static string ByRunes(string name)
    {
        var text = new StringBuilder();
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool isMark = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            bool isGood = Rune.IsLetterOrDigit(rune) || isMark || rune.Value is '-' or '.' or '_';
            _ = isGood ? text.Append(rune) : text.Length > 0 && text[^1] != '_' ? text.Append('_') : text;
        }

        string clean = text.ToString().Trim('.', '-', '_');
        while (Encoding.UTF8.GetByteCount(clean) > 180)
        {
            clean = clean[..^(char.IsLowSurrogate(clean[^1]) ? 2 : 1)].TrimEnd('.', '-', '_');
        }

        return clean.Length > 0 ? clean : "x";
    }

    [Fact]
    public void Stems_are_unique_over_the_set_whatever_the_order()
    {
        string[] ids = ["a/x.wav", "b/x.wav", "b/X.mp3", "y.wav", "a_x.wav", "c/é.wav", "d/e\u0301.wav", "a/b.c.wav"];
        Dictionary<string, string> stems = Stems(ids);
        Assert.Equal(ids.Length, stems.Values.Select(s => s.ToUpperInvariant()).Distinct().Count());
        Assert.Equal("y", stems["y.wav"]);
        Assert.Equal("b.c", stems["a/b.c.wav"]);
        Assert.Equal(stems.OrderBy(s => s.Key), Stems([.. ids.Reverse()]).OrderBy(s => s.Key));

        static Dictionary<string, string> Stems(string[] ids)
        {
            var stems = RecordingStems.Find(ids.Length, i => ids[i]);
            return Enumerable.Range(0, ids.Length).ToDictionary(i => ids[i], i => stems.Of(i, ids[i]));
        }
    }

    [Fact]
    public void Lists_are_written_as_each_trainer_reads_them()
    {
        ClipRecord clip = new()
        {
            File = "anna/t_1_2.wav",
            Speaker = "anna",
            Source = "t.wav",
            SourcePath = "t.wav",
            Text = "こんにちは",
            Language = "ja",
        };
        string Write(ListFormat format) =>
            Encoding.UTF8.GetString(
                ListWriter.Write([clip, clip with { Text = null, Language = null }], format, c => "/set/" + c.File));
        Assert.Equal(
            "/set/anna/t_1_2.wav|anna|JA|こんにちは\n/set/anna/t_1_2.wav|anna|EN|\n",
            Write(ListFormat.GptSovits));
        Assert.StartsWith("t_1_2.wav|anna|JP|こんにちは\n", Write(ListFormat.StyleBertVits2), StringComparison.Ordinal);
        Assert.StartsWith("t_1_2|こんにちは|こんにちは\n", Write(ListFormat.Ljspeech), StringComparison.Ordinal);
        Assert.StartsWith(
            "audio_file|text\n/set/anna/t_1_2.wav|こんにちは\n",
            Write(ListFormat.AudioFileText),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "audio_file|text|speaker_name\n/set/anna/t_1_2.wav|こんにちは|anna\n",
            Write(ListFormat.AudioFileTextSpeaker),
            StringComparison.Ordinal);
        Assert.NotEqual(0xEF, ListWriter.Write([clip], ListFormat.GptSovits, c => c.File)[0]);
    }

    [Theory]
    [InlineData("你好", "zh")]
    [InlineData("東京へ行く", "ja")]
    [InlineData("안녕", "ko")]
    [InlineData("hello", "en")]
    [InlineData("123", null)]
    public void The_script_of_a_text_speaks_for_its_language(string text, string? language) =>
        Assert.Equal(language, Languages.Guess(text));

    [Fact]
    public void Targets_are_readable_records_and_can_be_overridden()
    {
        foreach (string name in DatasetTargets.Names)
        {
            DatasetTarget target = DatasetTargets.Load(name);
            Assert.Equal(name, target.Name);
            Assert.NotEmpty(target.Rules);
            target.Slicing.Validate();
            // What we make must never break the target's own limits on length.
            Assert.All(
                target.Rules.Where(r => r.Measure is "duration_s" && r.Action == RuleAction.Drop),
                r => Assert.True(target.MinClipS >= r.Min && target.MaxClipS <= r.Max));
        }

        DatasetTarget mine = DatasetTargets.Parse(
            "{\"base\": \"xtts\", \"max_clip_s\": 9, \"target_max_s\": 8}",
            "mine.json");
        Assert.Equal(("xtts", 9, 22_050), (mine.Name, mine.MaxClipS, mine.SampleRateHz));
        Assert.Equal(ErrorKind.Usage, Assert.Throws<VoiceCleanException>(() => DatasetTargets.Load("x")).Kind);
        Assert.Throws<VoiceCleanException>(() => DatasetTargets.Parse("{\"colour\": 1}", "x"));
        Assert.Throws<VoiceCleanException>(() => DatasetTargets.Parse("{\"max_clip_s\": 2}", "x"));
        Assert.Throws<VoiceCleanException>(() => DatasetTargets.Parse("{\"sample_rate_hz\": 1}", "x"));
        Assert.Throws<VoiceCleanException>(() =>
            DatasetTargets.Parse("{\"rules\": [{\"rule\": \"x\", \"measure\": \"smell\"}]}", "x"));
    }

    [Fact]
    public void Clips_that_differ_from_their_speaker_are_named_and_references_are_none_of_them()
    {
        var random = new Random(1);
        ClipRecord Clip(int i) => new()
        {
            File = $"anna/c{i}.wav",
            Speaker = "anna",
            Source = "t",
            SourcePath = "t",
            DurationS = 6,
            SpeechS = 5,
            LevelRatioDb = 35,
            SpeechDbfs = -24 + random.NextDouble(),
            NoiseColourDbPerOctave = -4 + random.NextDouble(),
            BandwidthHz = 12_000 + (200 * random.NextDouble()),
            SpectralTiltDbPerOctave = -7 + (0.4 * random.NextDouble()),
        };
        ClipRecord[] clips = [.. Enumerable.Range(0, 20).Select(Clip)];
        clips[3] = clips[3] with { SpeechDbfs = -35 };
        clips[7] = clips[7] with { BandwidthHz = 3_600 };
        clips[11] = clips[11] with { SpectralTiltDbPerOctave = -12 };
        clips[15] = clips[15] with { NoiseColourDbPerOctave = 1 };
        clips[17] = clips[17] with { DurationS = 2 };
        clips[18] = clips[18] with { LevelRatioDb = 60, SpeechS = 5.6 };
        SpeakerReport report = SpeakerStatistics.Of("anna", clips, DatasetTargets.Load("gpt-sovits"));
        Assert.Equal(
            [
                ("anna/c11.wav", "spectral_tilt_db_per_octave"),
                ("anna/c15.wav", "noise_colour_db_per_octave"),
                ("anna/c3.wav", "speech_dbfs"),
                ("anna/c7.wav", "bandwidth_hz"),
            ],
            report.Outliers.Select(o => (o.File, o.Figure)).Order());
        Assert.Equal("anna/c18.wav", report.References[0].File);
        Assert.DoesNotContain(report.References, r => r.File is "anna/c3.wav" or "anna/c7.wav" or "anna/c17.wav");
    }
}
