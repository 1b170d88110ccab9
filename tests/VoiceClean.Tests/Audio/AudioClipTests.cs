using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Tests.Audio;

public class AudioClipTests
{
    [Fact]
    public void Keep_joins_the_stretches_and_maps_them_back_to_the_input_through_two_cuts()
    {
        using var clip = AudioClip.FromSamples("a", 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        clip.Keep([new SampleRange(1, 4), new SampleRange(6, 10)]);
        Assert.Equal([1f, 2, 3, 6, 7, 8, 9], clip.Samples.ToArray());
        clip.Keep([new SampleRange(0, 2), new SampleRange(2, 5)]);
        Assert.Equal([1f, 2, 3, 6, 7], clip.Samples.ToArray());
        Assert.Equal([new SampleRange(1, 4), new SampleRange(6, 8)], clip.Kept);
        Assert.Equal(10, clip.InputLength);
    }

    [Fact]
    public void Keep_refuses_ranges_that_overlap_are_empty_or_leave_the_clip()
    {
        using var clip = AudioClip.FromSamples("a", 10, new float[10]);
        Assert.Throws<ArgumentException>(() => clip.Keep([new SampleRange(0, 5), new SampleRange(4, 6)]));
        Assert.Throws<ArgumentException>(() => clip.Keep([new SampleRange(3, 3)]));
        Assert.Throws<ArgumentException>(() => clip.Keep([new SampleRange(3, 11)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => clip.Keep([]));
        Assert.Equal(10, clip.Samples.Length);
    }

    [Fact]
    public void A_store_grows_from_pool_to_memory_to_a_temporary_file_without_losing_a_sample()
    {
        using var store = new SampleStore();
        float[] block = new float[1 << 20];
        for (int i = 0; i < 40; i++)
        {
            block.AsSpan().Fill(i);
            store.Append(block);
            Assert.Equal(i, store.Span[^1]);
        }

        Assert.True(store.IsMapped);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(-1, store.Span.Slice(i << 20, 1 << 20).IndexOfAnyExcept((float)i));
        }
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(SampleStore.PoolLimit + 1)]
    public void Scratch_is_zero_even_when_used_memory_is_handed_back(int length)
    {
        using (SampleStore used = SampleStore.OfLength(length))
        {
            used.Span.Fill(1);
        }

        using SampleStore fresh = SampleStore.OfLength(length);
        Assert.Equal(-1, fresh.Span.IndexOfAnyExcept(0f));
    }

    [Fact]
    public void A_scratch_can_take_the_place_of_the_samples_and_the_old_ones_serve_as_the_next_scratch()
    {
        using AudioClip clip = AudioClip.FromSamples("a", 32000, [1, 2, 3]);
        SampleStore scratch = clip.RentScratch();
        scratch.Span.Fill(7);
        clip.Replace(scratch);
        Assert.Equal([7f, 7, 7], clip.Samples.ToArray());
        clip.Keep([new SampleRange(0, 2)]);
        SampleStore next = clip.RentScratch();
        Assert.Equal(2, next.Length);
        Assert.NotSame(scratch, next);
        clip.Return(next);
        Assert.Same(next, clip.RentScratch());
        using SampleStore tooLong = SampleStore.OfLength(3);
        Assert.Throws<ArgumentException>(() => clip.Replace(tooLong));
        Assert.Equal([7f, 7], clip.Samples.ToArray());
        next.Dispose();
    }

    [Fact]
    public void Statistics_are_those_of_the_samples_as_they_are_now()
    {
        using AudioClip clip = AudioClip.FromSamples("a", 8000, [1, 2, 3, 6]);
        Assert.Equal(new SampleStatistics(3, 1, 6), clip.Statistics);
        clip.Samples[0] = -3;
        Assert.Equal(new SampleStatistics(2, -3, 6), clip.Statistics);
        clip.Keep([new SampleRange(1, 3)]);
        Assert.Equal(new SampleStatistics(2.5, 2, 3), clip.Statistics);
        SampleStore scratch = clip.RentScratch();
        scratch.Span.Fill(4);
        clip.Replace(scratch);
        Assert.Equal(new SampleStatistics(4, 4, 4), clip.Statistics);
    }

    [Fact]
    public void A_fork_is_what_the_clip_was_and_goes_a_way_of_its_own()
    {
        using AudioClip clip = AudioClip.FromSamples("a", 8000, [1, 2, 3, 4, 5, 6]);
        clip.Keep([new SampleRange(1, 3), new SampleRange(4, 6)]);
        clip.Findings.Set(new SourceClipping(6, 0, []));
        clip.Warn("code", "message");
        using AudioClip fork = clip.Fork();
        Assert.Equal(("a", 8000, 6), (fork.Id, fork.SampleRate, fork.InputLength));
        Assert.Equal([2, 3, 5, 6], fork.Samples.ToArray());
        Assert.Equal(clip.Kept, fork.Kept);
        Assert.Equal(clip.Warnings, fork.Warnings);
        Assert.Same(clip.Findings.Get<SourceClipping>(), fork.Findings.Get<SourceClipping>());
        fork.Samples[0] = 9;
        fork.Keep([new SampleRange(0, 1)]);
        fork.Warn("other", "message");
        fork.Findings.Set(new SourceClipping(7, 1, []));
        Assert.Equal([2, 3, 5, 6], clip.Samples.ToArray());
        Assert.Equal(2, clip.Kept.Count);
        Assert.Single(clip.Warnings);
        Assert.Equal(6, clip.Findings.Get<SourceClipping>().SampleCount);
    }
}
