using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.SoundFile;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.SoundFile;

/// <summary>The MP3 decoder within libsndfile speaks on standard error; nobody but us may.</summary>
public class LibraryNotesTests
{
    private const int Damaged = 60;         // frame

    [Fact]
    public void What_the_decoder_remarks_on_damage_becomes_a_warning_with_its_place()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only where the C library's stream can be replaced");
        LibraryNotes.Catch();
        byte[] file = Mp3();
        int at = StartOf(file, Damaged);
        file.AsSpan(at + MpegFrameHeader.Bytes, 17).Fill(0xFF);
        Warning warning = Assert.Single(Decoded.From(file).Warnings);
        Assert.Equal(WarningCodes.DamagedData, warning.Code);
        Assert.Matches("from about 1\\.[3-7] s on", warning.Message);
    }

    [Fact]
    public void What_a_stream_lacks_that_was_cut_in_front_is_no_damage()
    {
        LibraryNotes.Catch();
        byte[] file = Mp3();
        Assert.Empty(Decoded.From(file[StartOf(file, Damaged)..]).Warnings);
    }

    [Theory]
    [InlineData("0343 0000 0000 0006 0000 0754 4954")]          // text of an encoding that there is not
    [InlineData("434F 4D4D 0000 0001 0000 01")]                 // a comment of one byte
    [InlineData("4150 4943 0000 7F7F 0000 0000")]               // a picture larger than its tag
    [InlineData("FFFB FFFB FFFB FFFB FFFB FFFB")]
    public void A_tag_that_is_out_of_order_changes_nothing(string content)
    {
        LibraryNotes.Catch();
        byte[] file = Mp3(), frames = Convert.FromHexString(content.Replace(" ", "", StringComparison.Ordinal));
        Decoded tagged = Decoded.From(
            [.. "ID3"u8, 4, 0, 0, 0, 0, 0, (byte)frames.Length, .. frames, .. file, .. new byte[3000]]);
        Assert.Equal(Decoded.From(file).Samples, tagged.Samples);
    }

    private static byte[] Mp3()
    {
        Requires.Ffmpeg();
        Requires.SoundFile();
        string[] words = ["-f", "lavfi", "-i", "sine=440:r=44100:d=3", "-c:a", "libmp3lame", "-b:a", "128k"];
        return ExternalProgram.Ffmpeg([.. words, "-id3v2_version", "0", "-f", "mp3", "-"]);
    }

    private static int StartOf(byte[] file, int frame)
    {
        int at = 0;
        for (int i = 0; i < frame; i++)
        {
            Assert.True(MpegFrameHeader.TryParse(file.AsSpan(at), out MpegFrameHeader header));
            at += header.Length;
        }

        return at;
    }
}
