using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;
using Xunit;

namespace VoiceClean.Tests.Inspection.Speech;

public class PowerCellsTests
{
    [Fact]
    public void A_cell_is_that_of_the_logarithm_on_both_sides_of_every_edge()
    {
        for (int cell = -3; cell < PowerCells.Count + 3; cell++)
        {
            float edge = (float)Decibels.ToPower(PowerCells.LowestDb + (cell * PowerCells.CellDb));
            for (int ulp = -300; ulp <= 300; ulp++)
            {
                float power = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(edge) + ulp);
                Assert.Equal(PowerCells.ByLogarithm(power), PowerCells.Of(power));
            }
        }
    }

    // Of a loud recording what is exactly silent does not count; a quiet one counts as if it were loud.
    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(-60)]
    public void What_is_exceeded_moves_with_the_level(int gainDb)
    {
        int[] histogram = new int[PowerCells.Count];
        (histogram[Cell(-20)], histogram[Cell(-30)], histogram[Cell(-75)]) = (2, 8, 90);
        Assert.Equal(Cell(-30), PowerCells.Exceeded(histogram, 0.05));
        Assert.Equal(Cell(-75), PowerCells.Exceeded(histogram, 0.2));
        histogram[Math.Max(0, Cell(-20) - 85)] = 10_000;
        Assert.Equal(Cell(-30), PowerCells.Exceeded(histogram, 0.05));

        int Cell(int db) => PowerCells.Of((float)Decibels.ToPower(db + gainDb + 0.5));
    }

    [Fact]
    public void Between_the_edges_it_is_that_of_the_logarithm_and_nothing_lies_in_the_first()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            float power = (float)Math.Pow(10, (random.NextDouble() * 30) - 20);
            Assert.Equal(PowerCells.ByLogarithm(power), PowerCells.Of(power));
        }

        Assert.Equal(0, PowerCells.Of(0));
        Assert.Equal(PowerCells.Count - 1, PowerCells.Of(1e30f));
    }
}
