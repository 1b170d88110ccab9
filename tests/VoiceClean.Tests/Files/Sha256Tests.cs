using System.Security.Cryptography;
using VoiceClean.Files;
using Xunit;

namespace VoiceClean.Tests.Files;

public class Sha256Tests
{
    [Fact]
    public void It_is_the_hash_of_the_standard_for_every_length()
    {
        byte[] bytes = new byte[70_000];
        new Random(1).NextBytes(bytes);
        foreach (int length in Enumerable.Range(0, 300).Append(65_535).Append(bytes.Length))
        {
            Assert.Equal(SHA256.HashData(bytes.AsSpan(0, length)), Sha256.HashData(bytes.AsSpan(0, length)));
            Assert.Equal(
                SHA256.HashData(bytes.AsSpan(0, length)),
                Sha256.HashData(new MemoryStream(bytes, 0, length)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_does_not_matter_in_which_pieces_bytes_come(bool isMuch)
    {
        byte[] bytes = new byte[5_000];
        var random = new Random(2);
        random.NextBytes(bytes);
        for (int round = 0; round < 50; round++)
        {
            using var hash = new Sha256(isMuch);
            for (int from = 0; from < bytes.Length;)
            {
                int count = Math.Min(random.Next(0, 200), bytes.Length - from);
                hash.Append(bytes.AsSpan(from, count));
                from += count;
            }

            Assert.Equal(SHA256.HashData(bytes), hash.Finish());
        }
    }
}
