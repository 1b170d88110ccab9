using VoiceClean.Audio;
using Xunit;

namespace VoiceClean.Tests.Audio;

public class RowStoreTests
{
    private const int Rows = 2500, Stride = 24;

    [Theory]
    [InlineData(0)]
    [InlineData(Rows * Stride)]
    public void Rows_keep_what_was_written_in_memory_and_in_a_file(long most)
    {
        using var store = new RowStore(Rows, Stride, most);
        using (RowStore.Cursor up = store.Open())
        {
            for (int row = 0; row < Rows; row++)
            {
                Assert.All(up.Row(row).ToArray(), x => Assert.Equal(0, x));
                up.Row(row).Fill(row);
            }
        }

        using RowStore.Cursor down = store.Open(), other = store.Open();
        for (int row = Rows - 1; row >= 0; row--)
        {
            Assert.All(down.Row(row).ToArray(), x => Assert.Equal(row, x));
            Assert.Equal(Rows - 1 - row, other.Row(Rows - 1 - row)[Stride - 1]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Rows * Stride)]
    public void Rows_that_are_only_written_are_there_for_others(long most)
    {
        using var store = new RowStore(Rows, Stride, most);
        using (RowStore.Cursor late = store.OpenToWrite(), early = store.OpenToWrite())
        {
            for (int row = 0; row < 1003; row++)
            {
                early.Row(row).Fill(row);
            }

            for (int row = 1003; row < Rows; row++)
            {
                late.Row(row).Fill(-1);
                late.Row(row).Fill(row);
            }
        }

        using RowStore.Cursor all = store.Open();
        for (int row = 0; row < Rows; row++)
        {
            Assert.All(all.Row(row).ToArray(), x => Assert.Equal(row, x));
        }
    }

    [Fact]
    public void There_is_no_row_beyond_the_last()
    {
        using var store = new RowStore(Rows, Stride, 0);
        using RowStore.Cursor rows = store.Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Row(Rows).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Row(-1).Length);
    }

    [Fact]
    public void What_is_laid_aside_comes_back()
    {
        float[] samples = [.. Enumerable.Range(0, SampleSpool.Piece + 77).Select(i => (float)i)];
        using var spool = new SampleSpool(samples.Length);
        spool.Write(0, samples);
        spool.Write(5, [-1, -2]);
        float[] back = new float[samples.Length];
        spool.Read(0, back);
        (samples[5], samples[6]) = (-1, -2);
        Assert.Equal(samples, back);
    }
}
