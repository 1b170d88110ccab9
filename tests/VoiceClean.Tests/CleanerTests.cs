using System.Runtime.InteropServices;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests;

public class CleanerTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    private static readonly float[] Speech = MakeSpeech();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_file_becomes_a_WAV_file_and_a_report()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["in.wav"], TestWav.Pcm16(Rate, Speech));
        ClipReport report = Cleaner.CleanFile(folder["in.wav"], folder["out.wav"], cancellation: Token);
        byte[] written = File.ReadAllBytes(folder["out.wav"]);
        Assert.Equal(ClipStatus.Ok, report.Status);
        Assert.Equal(written.Length, report.Output!.SizeBytes);
        Assert.InRange(report.After!.IntegratedLufs!.Value, -16.1, -15.9);
        Assert.Equal(32_000, BitConverter.ToInt32(written, 24));
        Assert.Equal(["in.wav", "out.wav"], folder.Names());
    }

    [Theory]
    [InlineData(32_000)]
    [InlineData(44_100)]
    public void Samples_come_out_as_from_a_file_that_holds_them(int rate)
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["in.wav"]))
        {
            WavWriter.Write(file, Speech, rate, SampleEncoding.IeeeFloat, "in.wav");
        }

        var options = new CleaningOptions { Output = new OutputOptions { Encoding = SampleEncoding.IeeeFloat } };
        ClipReport ofFile = Cleaner.CleanFile(
            folder["in.wav"],
            folder["out.wav"],
            options,
            cancellation: Token);
        CleanedSamples cleaned = Cleaner.Clean(Speech, rate, options, Token);
        byte[] written = File.ReadAllBytes(folder["out.wav"]);
        Assert.Equal(32_000, cleaned.SampleRate);
        Assert.Equal(
            MemoryMarshal.Cast<byte, float>(written.AsSpan(written.Length - (4 * cleaned.Samples.Length))).ToArray(),
            cleaned.Samples);
        Assert.Equal(ofFile.Before, cleaned.Report.Before);
        Assert.Equal(ofFile.After, cleaned.Report.After);
        Assert.Equal(ofFile.Output!.DurationS, cleaned.Report.Output!.DurationS);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_is_read_from_where_it_stands_and_both_are_left_open(bool canSeek)
    {
        byte[] wav = TestWav.Pcm16(Rate, Speech);
        using var whole = new MemoryStream(wav);
        using var expected = new MemoryStream();
        Cleaner.Clean(whole, expected, cancellation: Token);

        using var input = new Source([1, 2, 3, .. wav], canSeek);
        input.ReadExactly(new byte[3]);
        using var output = new MemoryStream();
        output.WriteByte(7);
        ClipReport report = Cleaner.Clean(input, output, cancellation: Token);
        Assert.Equal([7, .. expected.ToArray()], output.ToArray());
        Assert.Equal(expected.Length, report.Output!.SizeBytes);
        Assert.True(input.CanRead && output.CanWrite);
    }

    [Fact]
    public void Samples_that_are_no_number_count_as_0_with_a_warning()
    {
        float[] broken = [.. Speech], mended = [.. Speech];
        (broken[20_000], mended[20_000]) = (float.NaN, 0);
        CleanedSamples cleaned = Cleaner.Clean(broken, Rate, cancellation: Token);
        Assert.Equal(Cleaner.Clean(mended, Rate, cancellation: Token).Samples, cleaned.Samples);
        Assert.Contains(cleaned.Report.Warnings, w => w.Code == WarningCodes.NonfiniteSamples);
    }

    [Fact]
    public void Samples_of_which_none_is_a_number_are_called_that_and_not_silent()
    {
        float[] broken = new float[Rate];
        Array.Fill(broken, float.NaN);
        var refused = Assert.Throws<ClipRefusedException>(() => Cleaner.Clean(broken, Rate, cancellation: Token));
        Assert.Contains("holds no sound: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("NaN", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_refused_is_an_exception_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["in.wav"], TestWav.Pcm16(Rate, new float[Rate]));
        var ofFile = Assert.Throws<ClipRefusedException>(() =>
            Cleaner.CleanFile(folder["in.wav"], folder["out.wav"], cancellation: Token));
        var ofSamples = Assert.Throws<ClipRefusedException>(() =>
            Cleaner.Clean(new float[Rate], Rate, cancellation: Token));
        using var output = new MemoryStream();
        using FileStream input = File.OpenRead(folder["in.wav"]);
        Assert.Throws<ClipRefusedException>(() => Cleaner.Clean(input, output, cancellation: Token));
        Assert.Equal(ReasonCodes.Silent, ofFile.Code);
        Assert.Equal(ReasonCodes.Silent, ofSamples.Code);
        Assert.Equal(0, output.Length);
        Assert.Equal(["in.wav"], folder.Names());
    }

    [Fact]
    public void An_existing_output_is_replaced_only_if_that_was_asked_for()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["in.wav"], TestWav.Pcm16(Rate, Speech));
        File.WriteAllText(folder["out.wav"], "precious");
        var e = Assert.Throws<OutputException>(() =>
            Cleaner.CleanFile(folder["in.wav"], folder["out.wav"], cancellation: Token));
        Assert.Equal(ReasonCodes.OutputExists, e.Code);
        Assert.Equal("precious", File.ReadAllText(folder["out.wav"]));
        Cleaner.CleanFile(folder["in.wav"], folder["out.wav"], overwrite: true, cancellation: Token);
        Assert.Equal("RIFF"u8, File.ReadAllBytes(folder["out.wav"]).AsSpan(0, 4));
    }

    [Fact]
    public void An_input_is_never_overwritten()
    {
        using var folder = new TemporaryFolder();
        byte[] recording = TestWav.Pcm16(Rate, Speech);
        File.WriteAllBytes(folder["in.wav"], recording);
        var e = Assert.Throws<OutputException>(() =>
            Cleaner.CleanFile(folder["in.wav"], folder["in.wav"], overwrite: true, cancellation: Token));
        Assert.Equal(ReasonCodes.InputIsOutput, e.Code);
        Assert.Equal(recording, File.ReadAllBytes(folder["in.wav"]));
    }

    [Fact]
    public void A_name_that_promises_another_format_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["in.wav"], TestWav.Pcm16(Rate, Speech));
        var e = Assert.Throws<VoiceCleanException>(() =>
            Cleaner.CleanFile(folder["in.wav"], folder["out.flac"], cancellation: Token));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.Contains("out.wav", e.Message, StringComparison.Ordinal);
        Assert.Equal(["in.wav"], folder.Names());
    }

    [Fact]
    public void A_missing_input_a_folder_and_text_are_input_failures()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.wav"], "no recording, only text");
        foreach ((string name, string code) in new[]
        {
            ("none.wav", ReasonCodes.NotFound), (".", ReasonCodes.NotFound),
            ("text.wav", ReasonCodes.UnsupportedFormat),
        })
        {
            var e = Assert.Throws<InputException>(() =>
                Cleaner.CleanFile(folder[name], folder["out.wav"], cancellation: Token));
            Assert.Equal(code, e.Code);
        }

        Assert.Throws<InputException>(() => Cleaner.Clean([], Rate, cancellation: Token));
        Assert.Equal(["text.wav"], folder.Names());
    }

    [Fact]
    public void A_call_that_is_stopped_throws_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["in.wav"], TestWav.Pcm16(Rate, Speech));
        var stopped = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() =>
            Cleaner.CleanFile(folder["in.wav"], folder["out.wav"], cancellation: stopped));
        Assert.Throws<OperationCanceledException>(() => Cleaner.Clean(Speech, Rate, cancellation: stopped));
        Assert.Equal(["in.wav"], folder.Names());
    }

    [Fact]
    public void An_output_stream_that_fails_is_no_bug_of_ours_and_its_words_are_passed_on()
    {
        using var input = new MemoryStream(TestWav.Pcm16(Rate, Speech));
        using var output = new FullStream();
        VoiceCleanException failure =
            Assert.Throws<VoiceCleanException>(() => Cleaner.Clean(input, output, cancellation: Token));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Contains("its stream says \"full\"; check", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_it_is_with_an_input_stream()
    {
        using var input = new BrokenStream(TestWav.Pcm16(Rate, Speech));
        InputException failure =
            Assert.Throws<InputException>(() => Cleaner.Clean(input, Stream.Null, cancellation: Token));
        Assert.Equal("The file cannot be read on: its stream says \"the line is dead\".", failure.Message);
    }

    private static float[] MakeSpeech()
    {
        float[] words = [.. SyntheticSpeech.Words.Take(6).SelectMany((w, i) => SyntheticSpeech.Say(w, i))];
        return SyntheticSpeech.Place(words, -24, 0.6, 0.4, -60, 1).Clip;
    }

    private sealed class Source(byte[] bytes, bool canSeek) : MemoryStream(bytes)
    {
        public override bool CanSeek => canSeek;
    }

    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position < 5000
                ? base.Read(buffer, offset, Math.Min(count, 1000))
                : throw new IOException("the line is dead.");
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("full");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("full");
    }
}
