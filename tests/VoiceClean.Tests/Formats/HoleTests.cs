using System.Globalization;
using System.Text.RegularExpressions;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>Zeros in the middle of a file: where sound is missing is said, and it is the true place.</summary>
public partial class HoleTests
{
    private const int Rate = 44_100, Seconds = 12;

    private static readonly string[] Filled =
    [
        "vorbis.ogg", "opus.opus", "flac.flac", "flac.oga", "vbr.mp3", "cbr.mp3", "aac.m4a", "aac.aac", "aac.mkv",
        "opus.webm", "flac.mka",
    ];

    private static readonly string[] Joined = ["ac3.mkv", "mp2.ts", "wma.wma", "alac.m4a"];

    private static readonly Dictionary<string, string> Recipes = new(StringComparer.Ordinal)
    {
        ["vorbis.ogg"] = "-c:a libvorbis",
        ["opus.opus"] = "-c:a libopus -ar 48000",
        ["flac.flac"] = "",
        ["flac.oga"] = "-c:a flac",
        ["vbr.mp3"] = "-q:a 4",
        ["cbr.mp3"] = "-b:a 128k",
        ["aac.m4a"] = "",
        ["aac.aac"] = "",
        ["aac.mkv"] = "-c:a aac",
        ["opus.webm"] = "-c:a libopus -ar 48000",
        ["vorbis.webm"] = "-c:a libvorbis",
        ["flac.mka"] = "-c:a flac",
        ["ac3.mkv"] = "-c:a ac3",
        ["mp2.ts"] = "-c:a mp2",
        ["wma.wma"] = "",
        ["alac.m4a"] = "-c:a alac",
    };

    private static readonly Lazy<Dictionary<string, byte[]>> Files = new(Make);

    public static TheoryData<string, int> FilledFiles =>
        [.. from name in Filled from length in (int[])[300, 4000] select (name, length)];

    public static TheoryData<string> JoinedFiles => [.. Joined];

    [Theory]
    [MemberData(nameof(FilledFiles))]
    public void What_is_missing_becomes_silence_of_its_length(string name, int length)
    {
        byte[] file = Encoded(name);
        Decoded whole = Decoded.From(file);
        (Decoded damaged, IReadOnlyList<Gap> gaps) = Read(WithHole(file, length));
        Assert.Equal(whole.Length, damaged.Length);
        string sentence = Assert.Single(damaged.Warnings, w => w.Code == WarningCodes.DamagedData).Message;
        Assert.Contains("were filled with silence", sentence, StringComparison.Ordinal);
        int rate = whole.Format.SampleRate;
        int[] wrong =
        [
            .. Enumerable.Range(0, whole.Length).Where(i => Math.Abs(whole.Samples[i] - damaged.Samples[i]) > 0.02),
        ];
        Assert.InRange(gaps[0].Position, wrong[0] - (0.06 * rate), wrong[0] + (0.06 * rate));
        Assert.InRange(gaps[^1].Position + gaps[^1].Length, wrong[^1] - (0.1 * rate), wrong[^1] + (0.06 * rate));
        Assert.Equal(FirstPlace(sentence), gaps[0].Position / (double)rate, 3);
    }

    [Fact]
    public void What_is_missing_of_Vorbis_in_WebM_is_known_to_the_millisecond()
    {
        byte[] file = Encoded("vorbis.webm");
        Decoded whole = Decoded.From(file);
        (Decoded damaged, IReadOnlyList<Gap> gaps) = Read(WithHole(file, 4000));
        Assert.InRange(damaged.Length, whole.Length - (Rate / 1000), whole.Length + (Rate / 1000));
        Gap gap = Assert.Single(gaps);
        int first = Enumerable.Range(0, damaged.Length).First(i => whole.Samples[i] != damaged.Samples[i]);
        Assert.InRange(gap.Position, first - (0.06 * Rate), first + (0.06 * Rate));
        int behind = (int)(gap.Position + gap.Length);
        SampleAgreement.AssertInPlace(whole.Samples[behind..^4800], damaged.Samples[behind..^4800], 20, Rate / 1000);
    }

    [Theory]
    [MemberData(nameof(JoinedFiles))]
    public void Where_ffmpeg_goes_on_without_it_the_place_and_the_seconds_are_found(string name)
    {
        byte[] file = Encoded(name);
        Decoded whole = Decoded.From(file);
        (Decoded damaged, IReadOnlyList<Gap> gaps) = Read(WithHole(file, 1500));
        string sentence = Assert.Single(damaged.Warnings, w => w.Code == WarningCodes.DamagedData).Message;
        double rate = whole.Format.SampleRate;
        int first = Enumerable.Range(0, damaged.Length).First(i => whole.Samples[i] != damaged.Samples[i]);
        Assert.InRange(FirstPlace(sentence), (first / rate) - 0.1, (first / rate) + 0.1);
        Assert.InRange(gaps[0].Position / rate, (first / rate) - 0.1, (first / rate) + 0.1);
        double missing = double.Parse(MissingSeconds().Match(sentence).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(missing, ((whole.Length - damaged.Length) / rate) - 0.1, (whole.Length / rate) - (first / rate));
    }

    private static (Decoded Decoded, IReadOnlyList<Gap> Gaps) Read(byte[] file)
    {
        using IAudioReader reader = AudioDecoders.CreateDefault().Open(new MemoryStream(file), new DecodeLimits());
        var decoded = Decoded.From(reader);
        return (decoded, ((IGapReader)reader).Gaps);
    }

    private static double FirstPlace(string sentence) =>
        double.Parse(Place().Match(sentence).Groups[1].Value, CultureInfo.InvariantCulture);

    private static byte[] WithHole(byte[] file, int length)
    {
        byte[] damaged = [.. file];
        damaged.AsSpan(file.Length / 2, length).Clear();
        return damaged;
    }

    private static byte[] Encoded(string name)
    {
        Requires.Ffmpeg();
        return Files.Value[name];
    }

    private static Dictionary<string, byte[]> Make()
    {
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg([
            "-f", "lavfi", "-i",
            FormattableString.Invariant($"aevalsrc=0.3*sin(440*2*PI*t)+0.1*random(0):s={Rate}:d={Seconds}"),
            .. Recipes.SelectMany(r =>
                (string[])["-map", "0", .. r.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), folder[r.Key]]),
        ]);
        return Recipes.Keys.ToDictionary(name => name, name => File.ReadAllBytes(folder[name]));
    }

    [GeneratedRegex(@"damaged at ([0-9.]+)")]
    private static partial Regex Place();

    [GeneratedRegex(@": ([0-9.]+) s are missing")]
    private static partial Regex MissingSeconds();
}
