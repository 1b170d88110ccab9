using System.Security.Cryptography;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests;

/// <summary>What is decoded depends on no vector unit; campaigns/decoders.py compares the native binary too.</summary>
public class DecoderBitsTests
{
    private static readonly (string Extension, string Settings)[] Recipes =
    [
        (".flac", "-c:a flac"), (".oga", "-c:a flac"), (".m4a", "-c:a aac"), (".aac", "-c:a aac"),
        (".opus", "-c:a libopus"), (".ogg", "-c:a libvorbis"), (".mp3", "-c:a libmp3lame"), (".aiff", "-c:a pcm_s16be"),
    ];

    [Fact]
    public void Every_decoder_gives_the_same_bits_without_vectors()
    {
        Requires.Ffmpeg();
        using var space = new TemporaryFolder();
        Directory.CreateDirectory(space["in"]);
        string[] outputs =
        [
            .. Recipes.SelectMany((r, i) =>
                (string[])["-map", "0", .. r.Settings.Split(' '), space[$"in/{i}{r.Extension}"]]),
        ];
        ExternalProgram.Ffmpeg([
            "-f", "lavfi", "-i", "aevalsrc=0.3*sin(440*2*PI*t)+0.1*random(0)|0.2*random(1):s=48000:d=1", .. outputs,
        ]);
        string[] with = Decode(space, "1"), without = Decode(space, "0");
        Assert.Equal(Recipes.Length, with.Length);
        Assert.Equal(with, without);
    }

    private static string[] Decode(TemporaryFolder space, string vectors)
    {
        // A libsndfile that does not load leaves the work to the built-in decoders.
        Directory.CreateDirectory(space["none"]);
        File.WriteAllText(space["none/libsndfile.so.1"], "no library");
        string result = space["out" + vectors];
        BuiltProgram.Result run = BuiltProgram.Run(
            [
                "batch", space["in"], "-o", result, "--strength", "0", "--silence", "off", "--loudness", "off",
                "--gate", "off", "--bit-depth", "32f", "--rate", "48000",
            ],
            null,
            new Dictionary<string, string>
            {
                ["DOTNET_EnableHWIntrinsic"] = vectors,
                ["LD_LIBRARY_PATH"] = space["none"],
            });
        Assert.Equal(0, run.ExitCode);
        return
        [
            .. Directory.EnumerateFiles(result, "*.wav", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(p => Path.GetFileName(p) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(p)))),
        ];
    }
}
