using System.Runtime.InteropServices;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>
/// One law for every format and every encoder that can be had here: what comes out is what went in, neither more nor
/// less and at the same place; joined, streamed without a header, or cut, it is what the reference decoder finds.
/// </summary>
public class LengthLawTests
{
    private const int Rate = 44_100, Length = 57_344 + 321;

    /// <summary>Containers that declare their priming: the source's length comes out. The program, then its words, with
    /// IN and OUT.</summary>
    private static readonly Dictionary<string, string> Declared = new(StringComparer.Ordinal)
    {
        ["16.wav"] = "ffmpeg -i IN -c:a pcm_s16le OUT",
        ["24.wav"] = "ffmpeg -i IN -c:a pcm_s24le OUT",
        ["f32.wav"] = "ffmpeg -i IN -c:a pcm_f32le OUT",
        ["f64.wav"] = "ffmpeg -i IN -c:a pcm_f64le OUT",
        ["u8.wav"] = "ffmpeg -i IN -c:a pcm_u8 OUT",
        ["alaw.wav"] = "ffmpeg -i IN -c:a pcm_alaw OUT",
        ["x.w64"] = "ffmpeg -i IN OUT",
        ["rf64.wav"] = "ffmpeg -i IN -rf64 always OUT",
        ["16.aiff"] = "ffmpeg -i IN OUT",
        ["24.aiff"] = "ffmpeg -i IN -c:a pcm_s24be OUT",
        ["sox.aifc"] = "sox IN OUT",
        ["f0.flac"] = "flac -s -0 -o OUT IN",
        ["f8.flac"] = "flac -s -8 -o OUT IN",
        ["f.oga"] = "flac -s --ogg -o OUT IN",
        ["ff.flac"] = "ffmpeg -i IN -compression_level 12 OUT",
        ["v2.mp3"] = "lame --silent -V2 IN OUT",
        ["v9.mp3"] = "lame --silent -V9 --resample 44.1 IN OUT",
        ["320.mp3"] = "lame --silent -b 320 IN OUT",
        ["abr.mp3"] = "lame --silent --abr 96 IN OUT",
        ["ff.mp3"] = "ffmpeg -i IN -q:a 5 OUT",
        ["q1.ogg"] = "oggenc -Q -q 1 -o OUT IN",
        ["q8.ogg"] = "oggenc -Q -q 8 -o OUT IN",
        ["ff.ogg"] = "ffmpeg -i IN -c:a libvorbis OUT",
        ["32.m4a"] = "ffmpeg -i IN -b:a 32k OUT",
        ["128.m4a"] = "ffmpeg -i IN -b:a 128k OUT",
        ["front.mp4"] = "ffmpeg -i IN -movflags +faststart OUT",
        ["x.mov"] = "ffmpeg -i IN -c:a aac OUT",
        ["alac.m4a"] = "ffmpeg -i IN -c:a alac OUT",
        ["flac.mp4"] = "ffmpeg -i IN -c:a flac -strict -2 OUT",
        ["flac.mka"] = "ffmpeg -i IN -c:a flac OUT",
        ["x.caf"] = "ffmpeg -i IN OUT",
        ["x.au"] = "sox IN OUT",
        ["x.wv"] = "ffmpeg -i IN OUT",
    };

    /// <summary>The same of Opus, which always has 48 kHz.</summary>
    private static readonly Dictionary<string, string> Opus = new(StringComparer.Ordinal)
    {
        ["24.opus"] = "opusenc --quiet --bitrate 24 IN OUT",
        ["96.opus"] = "opusenc --quiet --bitrate 96 IN OUT",
        ["frame60.opus"] = "opusenc --quiet --framesize 60 IN OUT",
        ["frame2.5.opus"] = "opusenc --quiet --framesize 2.5 IN OUT",
        ["ff.opus"] = "ffmpeg -i IN OUT",
        ["x.webm"] = "ffmpeg -i IN -c:a libopus OUT",
        ["live.webm"] = "ffmpeg -i IN -c:a libopus -live 1 OUT",
        ["opus.mp4"] = "ffmpeg -i IN -c:a libopus OUT",
        ["opus.ogg"] = "ffmpeg -i IN -c:a libopus OUT",
    };

    /// <summary>Streams that declare nothing.</summary>
    private static readonly Dictionary<string, string> Bare = new(StringComparer.Ordinal)
    {
        ["v4.mp3"] = "lame --silent -t -V4 IN OUT",
        ["cbr.mp3"] = "lame --silent -t -b 64 IN OUT",
        ["16k.mp3"] = "lame --silent -t -V5 --resample 16 IN OUT",
        ["x.aac"] = "ffmpeg -i IN -b:a 64k -aac_pns 0 OUT",
        ["16k.aac"] = "ffmpeg -i IN -ar 16000 -b:a 24k -aac_pns 0 OUT",
        ["aac.mkv"] = "ffmpeg -i IN -aac_pns 0 -c:a aac OUT",
        ["vorbis.webm"] = "ffmpeg -i IN -c:a libvorbis OUT",
        ["parts.mp4"] = "ffmpeg -i IN -aac_pns 0 -movflags frag_keyframe+empty_moov -frag_duration 200000 OUT",
    };

    public static TheoryData<string> DeclaredNames => [.. Declared.Keys];

    public static TheoryData<string> OpusNames => [.. Opus.Keys];

    public static TheoryData<string> BareNames => [.. Bare.Keys];

    public static TheoryData<string> JoinableNames =>
    [
        .. Bare.Keys.Where(n => n != "parts.mp4"),
        .. (string[])["v2.mp3", "320.mp3", "f8.flac", "f.oga", "q1.ogg", "q8.ogg", "24.opus", "ff.opus", "x.webm",
            "live.webm", "flac.mka"],
    ];

    public static TheoryData<string> CuttableNames =>
        [.. Declared.Keys.Where(n => !n.EndsWith(".wv", StringComparison.Ordinal)), .. Opus.Keys, .. Bare.Keys];

    [Theory]
    [MemberData(nameof(DeclaredNames))]
    public void What_comes_out_is_what_went_in(string name)
    {
        Decoded decoded = Decoded.From(Encoded(name));
        // ffmpeg counts the bytes that fill the chunk of a W64 file up to eight as sound.
        int padding = name == "x.w64" ? 3 : 0;
        Assert.Equal((Rate, Length + padding), (decoded.Format.SampleRate, decoded.Length));
        Assert.Empty(decoded.Warnings);
        SampleAgreement.AssertInPlace(Source.Value, decoded.Samples, 3);
    }

    [Theory]
    [MemberData(nameof(OpusNames))]
    public void Opus_too_at_its_own_rate(string name)
    {
        Decoded decoded = Decoded.From(Encoded(name));
        Assert.Equal(48_000, decoded.Format.SampleRate);
        Assert.InRange(decoded.Length, Math.Floor(Length * 48.0 / 44.1), Math.Ceiling(Length * 48.0 / 44.1) + 1);
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [MemberData(nameof(BareNames))]
    public void A_stream_without_a_length_comes_out_whole(string name)
    {
        byte[] file = Encoded(name);
        Decoded decoded = Decoded.From(file);
        float[] reference = Reference(file, name);
        Assert.Equal(reference.Length, decoded.Length);
        Assert.Empty(decoded.Warnings);
        SampleAgreement.AssertInPlace(reference, decoded.Samples, 25);
    }

    [Theory]
    [MemberData(nameof(JoinableNames))]
    public void Two_files_joined_are_both_there(string name)
    {
        byte[] file = Encoded(name);
        Decoded one = Decoded.From(file), two = Decoded.From([.. file, .. file]);
        // What the second piece declares of its priming and padding is not looked for: up to four frames of silence.
        Assert.InRange(two.Length, 2 * one.Length, (2 * one.Length) + (4 * 1152));
        SampleAgreement.AssertInPlace(one.Samples, two.Samples[..one.Length], 20);
        SampleAgreement.AssertInPlace(one.Samples[^8000..^2000], two.Samples[^8000..^2000], 15, 4 * 1152);
    }

    [Theory]
    [MemberData(nameof(CuttableNames))]
    public void A_cut_file_is_the_beginning_of_the_whole_and_says_so_if_it_declared_more(string name)
    {
        byte[] file = Encoded(name);
        float[] whole = Decoded.From(file).Samples;
        int cuts = 0;
        foreach (double share in (double[])[0.35, 0.62, 0.93])
        {
            Decoded cut;
            try
            {
                cut = Decoded.From(file[..(int)(share * file.Length)]);
            }
            catch (InputException e)
            {
                // Index at the end, or not one whole page: nothing can be read, which is said.
                Assert.NotEmpty(e.Message);
                continue;
            }

            cuts++;
            Assert.InRange(cut.Length, 0, whole.Length);
            if (cut.Length < whole.Length - 4800 && !Bare.ContainsKey(name))
            {
                Assert.Contains(cut.Codes, c => c is WarningCodes.Truncated or WarningCodes.DamagedData);
            }

            int same = Math.Max(0, cut.Length - 3000);
            SampleAgreement.AssertInPlace(whole[..same], cut.Samples[..same], 40);
        }

        bool isIndexLast = name is "32.m4a" or "128.m4a" or "x.mov" or "alac.m4a" or "opus.mp4" or "flac.mp4";
        Assert.Equal(isIndexLast, cuts == 0);
    }

    private static readonly Lazy<float[]> Source = new(() =>
    {
        // Loud at once, quiet later: a length that is guessed from the first frame is far too short.
        var samples = new float[Length];
        var random = new Random(3);
        double low = 0;
        for (int i = 0; i < Length; i++)
        {
            double loud = i < Rate / 2 ? 1 : 0.2;
            low += 0.25 * ((random.NextDouble() * 2) - 1 - low);
            samples[i] = (float)(loud * ((0.25 * Math.Sin(0.07 * i)) + (0.3 * low)));
        }

        return samples;
    });

    private static readonly Dictionary<string, byte[]> Made = new(StringComparer.Ordinal);

    private static byte[] Encoded(string name)
    {
        lock (Made)
        {
            if (!Made.TryGetValue(name, out byte[]? file))
            {
                string recipe = Declared.GetValueOrDefault(name) ?? Opus.GetValueOrDefault(name) ?? Bare[name];
                Made.Add(name, file = Make(name, recipe));
            }

            return [.. file];
        }
    }

    private static byte[] Make(string name, string recipe)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["in.wav"], TestWav.Pcm16(Rate, Source.Value));
        string[] words = [.. recipe.Split(' ').Select(w => w switch
        {
            "IN" => folder["in.wav"],
            "OUT" => folder[name],
            _ => w,
        })];
        _ = words[0] == "ffmpeg" ? ExternalProgram.Ffmpeg(words[1..]) : ExternalProgram.Run(words[0], words[1..]);
        return File.ReadAllBytes(folder[name]);
    }

    private static float[] Reference(byte[] file, string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[name], file);
        return MemoryMarshal
            .Cast<byte, float>(ExternalProgram.Ffmpeg("-i", folder[name], "-f", "f32le", "-c:a", "pcm_f32le", "-"))
            .ToArray();
    }
}
