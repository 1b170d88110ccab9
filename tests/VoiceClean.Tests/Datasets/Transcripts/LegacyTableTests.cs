using System.Text;
using VoiceClean.Datasets.Transcripts;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

public class LegacyTableTests
{
    // What no encoding here gives, so that it tells of bytes that mean nothing.
    private const string Nothing = "\uFFFE\uFFFE";

    public static TheoryData<int> CodePages => [54936, 950, 932, 51932, 949, 1252];

    [Theory]
    [MemberData(nameof(CodePages))]
    public void One_and_two_bytes_mean_what_they_mean_to_dotnet(int codePage)
    {
        Encoding reference = Reference(codePage);
        var table = LegacyTable.Of(codePage);
        for (int first = 0; first < 256; first++)
        {
            AssertEqual(reference, table, [(byte)first]);
            for (int second = 0; second < 256; second++)
            {
                AssertEqual(reference, table, [(byte)first, (byte)second]);
            }
        }
    }

    [Fact]
    public void Four_bytes_of_GB18030_mean_what_they_mean_to_dotnet()
    {
        Encoding reference = Reference(54936);
        var table = LegacyTable.Of(54936);
        for (int first = 0x81; first <= 0xFE; first++)
        {
            for (int second = 0x30; second <= 0x39; second++)
            {
                for (int third = 0x81; third <= 0xFE; third++)
                {
                    for (int fourth = 0x30; fourth <= 0x39; fourth++)
                    {
                        AssertEqual(reference, table, [(byte)first, (byte)second, (byte)third, (byte)fourth]);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(CodePages))]
    public void Bytes_by_chance_are_read_or_refused_as_by_dotnet(int codePage)
    {
        var random = new Random(codePage);
        Encoding reference = Reference(codePage);
        var table = LegacyTable.Of(codePage);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 9)];
            for (int at = 0; at < bytes.Length; at++)
            {
                bytes[at] = (byte)(random.Next(4) == 0 ? random.Next(0x30, 0x7F) : random.Next(0x80, 0x100));
            }

            AssertEqual(reference, table, bytes);
        }
    }

    [Theory]
    [MemberData(nameof(CodePages))]
    public void The_characters_of_some_first_bytes_are_those_that_dotnet_writes_with_them(int codePage)
    {
        Encoding reference = Reference(codePage);
        bool[] found = LegacyTable.Of(codePage).FindOf(lead => lead is >= 0xB0 and <= 0xC8);
        for (int c = 0x80; c < 0x1_0000; c++)
        {
            if (char.IsSurrogate((char)c))
            {
                continue;
            }

            byte[] bytes = reference.GetBytes(((char)c).ToString());
            bool isOf = bytes.Length == 2 && bytes[0] is >= 0xB0 and <= 0xC8;
            Assert.True(found[c] == isOf, $"U+{c:X4}");
        }
    }

    private static Encoding Reference(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(
            codePage,
            new EncoderReplacementFallback("?"),
            new DecoderReplacementFallback(Nothing))!;

    private static void AssertEqual(Encoding reference, LegacyTable table, byte[] bytes)
    {
        string read = reference.GetString(bytes);
        string? expected = read.Contains(Nothing, StringComparison.Ordinal) ? null : read;
        if (expected != table.TryRead(bytes))
        {
            Assert.Fail($"{Convert.ToHexString(bytes)}: {table.TryRead(bytes)}, not {expected}");
        }
    }
}
