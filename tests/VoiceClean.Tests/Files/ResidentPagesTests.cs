using System.Globalization;
using System.Runtime.CompilerServices;
using VoiceClean.Audio;
using VoiceClean.Files;
using Xunit;

namespace VoiceClean.Tests.Files;

/// <summary>What is resident of temporary files is let go, and nothing is lost by it.</summary>
public sealed class ResidentPagesTests
{
    [Fact]
    public void Pages_that_are_let_go_leave_memory_and_come_back_as_they_were()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are let go on Linux only");
        using SampleStore store = SampleStore.OfLength(SampleStore.MemoryLimit + 1);
        Assert.True(store.IsMapped);
        for (int i = 0; i < store.Length; i++)
        {
            store.Span[i] = i;
        }

        ResidentPages.LetGo();
        Assert.True(ResidentKiB(store) < 4096, "the map is still resident");
        int wrong = 0;
        for (int i = 0; i < store.Length; i++)
        {
            wrong += store.Span[i] == i ? 0 : 1;
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_store_that_grows_is_looked_after_where_it_is_now()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are let go on Linux only");
        using SampleStore store = SampleStore.OfLength(SampleStore.MemoryLimit + 1);
        store.Span[^1] = 1;
        store.Reserve(2 * SampleStore.MemoryLimit);
        store.Append([2, 3]);
        ResidentPages.LetGo();
        Assert.Equal([1, 2, 3], store.Span[^3..].ToArray());
    }

    // proc(5), smaps: the line of a map with its addresses, then its figures.
    private static unsafe int ResidentKiB(SampleStore store)
    {
        var address = (ulong)Unsafe.AsPointer(ref store.Span[0]);
        bool isHere = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Split(' ')[0].Split('-') is [var first, var last]
                && ulong.TryParse(first, NumberStyles.HexNumber, null, out ulong from)
                && ulong.TryParse(last, NumberStyles.HexNumber, null, out ulong to))
            {
                isHere = from <= address && address < to;
            }
            else if (isHere && line.StartsWith("Rss:", StringComparison.Ordinal))
            {
                string figure = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
                return int.Parse(figure, CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("no such map");
    }
}
