using Xunit;
using Grouping = VoiceClean.Dsp.Sequences.Grouping;
using Ordering = VoiceClean.Dsp.Sequences.Ordering;
using Results = VoiceClean.Dsp.Sequences.Results;
using Sequence = VoiceClean.Dsp.Sequences.Sequence;
using Totals = VoiceClean.Dsp.Sequences.Totals;

namespace VoiceClean.Dsp.Tests.Sequences;

/// <summary>Every operator gives what the one of System.Linq gives.</summary>
public class SequenceTests
{
    private static readonly (int Key, string Text)[][] Inputs =
    [
        [],
        [(3, "c")],
        [(2, "b"), (1, "B"), (2, "a"), (3, "c"), (1, "b"), (2, "b"), (-1, "")],
        [.. Enumerable.Range(0, 100).Select(i => (i * 37 % 11, $"t{i * 53 % 17}"))],
    ];

    private static readonly (int Key, string Text) Other = (7, "x");

    public static TheoryData<int, bool> Cases =>
        new(from i in Enumerable.Range(0, Inputs.Length) from asList in new[] { false, true } select (i, asList));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parts_and_projections_are_those_of_Linq(int input, bool asList)
    {
        IEnumerable<(int Key, string Text)> items = Of(input, asList);
        for (int n = -1; n < 5; n++)
        {
            Assert.Equal(Enumerable.Take(items, n), Sequence.Take(items, n));
            Assert.Equal(Enumerable.Skip(items, n), Sequence.Skip(items, n));
            Assert.Equal(Enumerable.SkipLast(items, n), Sequence.SkipLast(items, n));
        }

        Assert.Equal(Enumerable.Select(items, i => i.Key), Sequence.Select(items, i => i.Key));
        Assert.Equal(Enumerable.Select(items, (i, n) => i.Key * n), Sequence.Select(items, (i, n) => i.Key * n));
        Assert.Equal(Enumerable.Where(items, i => i.Key > 1), Sequence.Where(items, i => i.Key > 1));
        Assert.Equal(Enumerable.Where(items, (_, n) => n % 3 == 1), Sequence.Where(items, (_, n) => n % 3 == 1));
        Assert.Equal(Enumerable.SelectMany(items, i => i.Text), Sequence.SelectMany(items, i => i.Text));
        Assert.Equal(
            Enumerable.SelectMany(items, i => i.Text, (i, c) => (i.Key, c)),
            Sequence.SelectMany(items, i => i.Text, (i, c) => (i.Key, c)));
        Assert.Equal(Enumerable.TakeWhile(items, i => i.Key > 0), Sequence.TakeWhile(items, i => i.Key > 0));
        Assert.Equal(Enumerable.Concat(items, items), Sequence.Concat(items, items));
        Assert.Equal(Enumerable.Append(items, (9, "")), Sequence.Append(items, (9, "")));
        Assert.Equal(Enumerable.Prepend(items, (9, "")), Sequence.Prepend(items, (9, "")));
        Assert.Equal(Enumerable.DefaultIfEmpty(items), Sequence.DefaultIfEmpty(items));
        Assert.Equal(Enumerable.Zip(items, [1, 2, 3]), Sequence.Zip(items, [1, 2, 3]));
        Assert.Equal(Enumerable.Index(items), Sequence.Index(items));
        Assert.Equal(
            Enumerable.OfType<ValueTuple<int, string>>(items),
            Sequence.OfType<ValueTuple<int, string>>(items));
        Assert.Equal(Enumerable.Range(-2, 5), Sequence.Range(-2, 5));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Orders_are_those_of_Linq(int input, bool asList)
    {
        IEnumerable<(int Key, string Text)> items = Of(input, asList);
        StringComparer ignore = StringComparer.OrdinalIgnoreCase;
        Assert.Equal(Enumerable.Order(items), Ordering.Order(items));
        Assert.Equal(Enumerable.OrderDescending(items), Ordering.OrderDescending(items));
        Assert.Equal(Enumerable.OrderBy(items, i => i.Key), Ordering.OrderBy(items, i => i.Key));
        Assert.Equal(
            Enumerable.OrderByDescending(items, i => i.Text, ignore),
            Ordering.OrderByDescending(items, i => i.Text, ignore));
        Assert.Equal(
            Enumerable.ThenByDescending(
                Enumerable.ThenBy(Enumerable.OrderBy(items, i => i.Key / 2), i => i.Text, ignore),
                i => i.Key),
            Ordering.ThenByDescending(
                Ordering.ThenBy(Ordering.OrderBy(items, i => i.Key / 2), i => i.Text, ignore),
                i => i.Key));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Groups_are_those_of_Linq(int input, bool asList)
    {
        IEnumerable<(int Key, string Text)> items = Of(input, asList);
        StringComparer ignore = StringComparer.OrdinalIgnoreCase;
        Assert.Equal(
            Enumerable.GroupBy(items, i => i.Text, ignore).Select(g => (g.Key, Items: string.Join(" ", g))),
            Enumerable.Select(
                Grouping.GroupBy(items, i => i.Text, ignore),
                g => (g.Key, Items: string.Join(" ", g))));
        ILookup<int, string> theirs = Enumerable.ToLookup(items, i => i.Key, i => i.Text);
        var ours = Grouping.ToLookup(items, i => i.Key, i => i.Text);
        Assert.Equal(theirs.Count, ours.Count);
        Assert.Equal(theirs.Select(g => g.Key), Enumerable.Select(ours, g => g.Key));
        for (int key = -2; key < 12; key++)
        {
            Assert.Equal(theirs[key], ours[key]);
            Assert.Equal(theirs.Contains(key), ours.Contains(key));
        }

        Assert.Equal(Enumerable.CountBy(items, i => i.Key), Grouping.CountBy(items, i => i.Key));
        Assert.Equal(
            Enumerable.DistinctBy(items, i => i.Text, ignore),
            Grouping.DistinctBy(items, i => i.Text, ignore));
        (int Key, string Text)[] others = [(2, "b"), (3, "c")];
        IEnumerable<(int, string)> distinct = Grouping.Distinct(items);
        Assert.Equal(Enumerable.Distinct(items), distinct);
        Assert.Equal(Enumerable.Distinct(items), distinct);     // each time it is read
        Assert.Equal(Enumerable.Except(items, others), Grouping.Except(items, others));
        Assert.Equal(Enumerable.Intersect(items, others), Grouping.Intersect(items, others));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ends_are_those_of_Linq(int input, bool asList)
    {
        IEnumerable<(int Key, string Text)> items = Of(input, asList);
        Assert.Equal(Enumerable.ToList(items), Results.ToList(items));
        Assert.Equal(Enumerable.ToArray(items), Results.ToArray(items));
        Assert.Equal(Enumerable.ToHashSet(items), Results.ToHashSet(items));
        Assert.Equal(Enumerable.Reverse(items), Results.Reverse(items));
        Same(() => Enumerable.ToDictionary(items, i => i.Text), () => Results.ToDictionary(items, i => i.Text));
        Same(
            () => Enumerable.ToDictionary(items, i => i.Text, i => i.Key),
            () => Results.ToDictionary(items, i => i.Text, i => i.Key));
        Assert.Equal(Enumerable.Any(items), Results.Any(items));
        Assert.Equal(Enumerable.Any(items, i => i.Key == 2), Results.Any(items, i => i.Key == 2));
        Assert.Equal(Enumerable.All(items, i => i.Key > 0), Results.All(items, i => i.Key > 0));
        Assert.Equal(Enumerable.Contains(items, (1, "B")), Results.Contains(items, (1, "B")));
        Assert.Equal(Enumerable.SequenceEqual(items, Inputs[1]), Results.SequenceEqual(items, Inputs[1]));
        Assert.True(Results.SequenceEqual(items, items));
        Same(() => Enumerable.First(items), () => Results.First(items));
        Same(() => Enumerable.First(items, i => i.Key == 2), () => Results.First(items, i => i.Key == 2));
        Same(() => Enumerable.Last(items), () => Results.Last(items));
        Same(() => Enumerable.Single(items), () => Results.Single(items));
        Same(() => Enumerable.Single(items, i => i.Key == -1), () => Results.Single(items, i => i.Key == -1));
        Assert.Equal(Enumerable.FirstOrDefault(items), Results.FirstOrDefault(items));
        Assert.Equal(Enumerable.FirstOrDefault(items, Other), Results.FirstOrDefault(items, Other));
        Assert.Equal(
            Enumerable.FirstOrDefault(items, i => i.Key == 1, Other),
            Results.FirstOrDefault(items, i => i.Key == 1, Other));
        Assert.Equal(Enumerable.LastOrDefault(items), Results.LastOrDefault(items));
        Assert.Equal(
            Enumerable.LastOrDefault(items, i => i.Key == 1, Other),
            Results.LastOrDefault(items, i => i.Key == 1, Other));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Totals_are_those_of_Linq(int input, bool asList)
    {
        IEnumerable<(int Key, string Text)> items = Of(input, asList);
        Assert.Equal(Enumerable.Count(items), Totals.Count(items));
        Assert.Equal(Enumerable.Count(items, i => i.Key == 2), Totals.Count(items, i => i.Key == 2));
        Assert.Equal(Enumerable.Sum(items, i => i.Key), Totals.Sum(items, i => i.Key));
        Assert.Equal(Enumerable.Sum(items, i => i.Key / 3.0), Totals.Sum(items, i => i.Key / 3.0));
        Assert.Equal(Enumerable.Sum(items, i => i.Key * 5_000_000_000), Totals.Sum(items, i => i.Key * 5_000_000_000));
        Same(() => Enumerable.Average(items, i => i.Key / 3.0), () => Totals.Average(items, i => i.Key / 3.0));
        Same(() => Enumerable.Max(items, i => i.Key), () => Totals.Max(items, i => i.Key));
        Same(() => Enumerable.Min(items, i => i.Key), () => Totals.Min(items, i => i.Key));
        Same(() => Enumerable.Max(items, Odd), () => Totals.Max(items, Odd));
        Same(() => Enumerable.Min(items, Odd), () => Totals.Min(items, Odd));
        Assert.Equal(Enumerable.Max(items, i => i.Text), Totals.Max(items, i => i.Text));
        Assert.Equal(Enumerable.Min(items, Even), Totals.Min(items, Even));
        Assert.Equal(Enumerable.Max(items, Even), Totals.Max(items, Even));
        Assert.Equal(
            items.Any() ? Enumerable.MaxBy(items, i => i.Key) : default,
            Totals.MaxBy(items, i => i.Key));
        Assert.Equal(
            items.Any() ? Enumerable.MinBy(items, i => i.Key) : default,
            Totals.MinBy(items, i => i.Key));

        static double Odd((int Key, string Text) item) => item.Key % 2 == 0 ? double.NaN : item.Key / 3.0;
        static double? Even((int Key, string Text) item) => item.Key % 2 == 0 ? item.Key : null;
    }

    [Fact]
    public void Nothing_is_read_before_the_result_is_enumerated_and_no_more_than_is_asked_for()
    {
        int read = 0;
        IEnumerable<int> items = Sequence.Select(Sequence.Range(0, 100), i =>
        {
            read++;
            return i;
        });
        Assert.Equal(0, read);
        Assert.Equal([0, 2, 4], Sequence.Take(Sequence.Where(items, i => i % 2 == 0), 3));
        Assert.Equal(5, read);
        Assert.Equal(6, Results.First(items, i => i == 6));
        Assert.Equal(12, read);
    }

    [Fact]
    public void A_sum_that_is_too_large_is_an_error()
        => Assert.Throws<OverflowException>(() => Totals.Sum([int.MaxValue, 1]));

    private static IEnumerable<(int Key, string Text)> Of(int input, bool asList) =>
        asList ? Inputs[input] : Inputs[input].Select(i => i);

    private static void Same<T>(Func<T> theirs, Func<T> ours)
    {
        if (Record.Exception(() => theirs()) is { } e)
        {
            Assert.Throws(e.GetType(), () => ours());
        }
        else
        {
            Assert.Equal(theirs(), ours());
        }
    }
}
