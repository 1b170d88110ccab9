using System.Buffers.Binary;
using VoiceClean.Formats.Mp4;
using Xunit;

namespace VoiceClean.Tests.Formats.Mp4;

public class Mp4FragmentTests
{
    [Theory]
    [InlineData(0u, 100, 100)]           // only the movie says how long frames are
    [InlineData(40u, 100, 40)]           // the fragment says otherwise
    [InlineData(0u, 0, 0)]               // nobody says it: there are none
    public void Frames_without_a_size_have_that_of_their_fragment_or_else_of_the_movie(
        uint ofFragment,
        int ofMovie,
        int expected)
    {
        byte[] tfhd = ofFragment > 0
            ? [.. Number(0x10), .. Number(1), .. Number(ofFragment)]
            : [.. Number(0), .. Number(1)];
        byte[] file =
        [
            .. Box("moov",
                Box("trak",
                    Box("tkhd", [.. Number(1), .. new byte[8], .. Number(1), .. new byte[8]]),
                    Box("mdia", Box("hdlr", [.. Number(0), .. Number(0), .. "soun"u8]))),
                Box("mvex", Box("trex", [.. Number(0), .. Number(1), .. new byte[8], .. Number((uint)ofMovie)]))),
            .. Box("moof",
                Box("traf", Box("tfhd", tfhd), Box("trun", [.. Number(1), .. Number(3), .. Number(500)]))),
            .. new byte[1000],
        ];
        var movie = Mp4Movie.Read(new MemoryStream(file), withSamples: true);
        Assert.True(movie.IsFragmented);
        Mp4Samples samples = Assert.Single(movie.Tracks).Samples;
        Assert.Equal(expected > 0 ? 3 : 0, samples.Count);
        if (expected > 0)
        {
            long first = file.AsSpan().IndexOf("moof"u8) - 4 + 500;
            Assert.Equal([(first, expected), (first + expected, expected), (first + (2 * expected), expected)],
                Enumerable.Range(0, 3).Select(i => samples[i]));
        }
    }

    private static byte[] Box(string name, params byte[][] content)
    {
        byte[] inside = [.. content.SelectMany(c => c)];
        return [.. Number((uint)inside.Length + 8), .. System.Text.Encoding.ASCII.GetBytes(name), .. inside];
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
