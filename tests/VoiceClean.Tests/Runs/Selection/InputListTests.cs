using System.Text;
using VoiceClean.Errors;
using VoiceClean.Runs.Selection;
using Xunit;

namespace VoiceClean.Tests.Runs.Selection;

public sealed class InputListTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.wav\nb c.wav\r\n\n  d.wav", false, "a.wav|b c.wav|  d.wav")]
    [InlineData("a.wav\0new\nline.wav\0\0", true, "a.wav|new\nline.wav")]
    [InlineData("\uFEFFa.wav\n", false, "a.wav")]
    [InlineData("", false, "")]
    public void A_list_has_one_entry_a_line_or_between_NUL_bytes(string text, bool nul, string expected)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, string.Join('|', InputList.Parse(stream, nul)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Entries_of_a_list_are_whole_however_long_they_and_the_list_are(bool nul)
    {
        var random = new Random(5);
        string[] ends = nul ? ["\0", "\0\0"] : ["\n", "\r\n", "\r", "\n\n"];
        string[] entries =
        [
            .. Enumerable.Range(0, 300).Select(i =>
                FormattableString.Invariant($"{i}") + new string('ö', random.Next(3) * random.Next(30_000))),
        ];
        string text = string.Concat(entries.Select(e => e + ends[random.Next(ends.Length)])) + "last";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        ListedNames names = InputList.Parse(stream, nul);
        Assert.Equal([.. entries, "last"], names);
        Assert.Equal(entries.Length + 1, names.Count);
    }

    [Fact]
    public void A_list_between_NUL_bytes_that_is_read_by_lines_is_refused()
    {
        string path = Path.Combine(_folder.Root, "list");
        File.WriteAllText(path, "a.wav\0b.wav\0");
        VoiceCleanException refusal =
            Assert.Throws<VoiceCleanException>(() => InputList.Read(path, nulSeparated: false));
        Assert.Equal(ErrorKind.Usage, refusal.Kind);
        Assert.EndsWith("read it with null.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["a.wav", "b.wav"], InputList.Read(path, nulSeparated: true));
    }

    [Theory]
    [InlineData("a.wav")]
    [InlineData("b.mp3")]
    public void A_recording_in_the_place_of_a_list_is_called_no_list(string name)
    {
        string path = Path.Combine(_folder.In, name);
        if (name == "b.mp3")
        {
            File.WriteAllBytes(path, [0xFF, 0xFB, 0x90, 0x64, 0x00, 0x0F, 0xF0, 0x00, 0x00, 0x69]);
        }
        else
        {
            _folder.Clip(name);
        }

        VoiceCleanException refusal =
            Assert.Throws<VoiceCleanException>(() => InputList.Read(path, nulSeparated: false));
        Assert.Equal(ErrorKind.Usage, refusal.Kind);
        Assert.StartsWith(path + " is no list of names", refusal.Message, StringComparison.Ordinal);
    }
}
