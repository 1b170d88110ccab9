using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Runs.Planning;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

/// <summary>What is promised for one recording holds whatever is done with it.</summary>
public sealed class ClipFrameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Treatments => ["clean", "inspect", "slice"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Treatments))]
    public void A_pipe_is_read_like_a_file_and_its_size_is_not_known(string treatment)
    {
        byte[] wav = TestWav.Pcm16(Talk.SampleRate, Speech());
        ClipReport ofFile = Treat(treatment, () => new MemoryStream(wav));
        ClipReport ofPipe = Treat(treatment, () => new Pipe(wav));
        Assert.Equal(ClipStatus.Ok, ofFile.Status);
        Assert.Equal(wav.Length, ofFile.Input!.SizeBytes);
        Assert.Equal(ofFile.Input with { SizeBytes = null }, ofPipe.Input);
        Assert.Equal(ofFile.Status, ofPipe.Status);
        Assert.Equal(ofFile.Output?.Sha256, ofPipe.Output?.Sha256);
    }

    [Theory]
    [MemberData(nameof(Treatments))]
    public void What_goes_wrong_is_a_report_and_the_input_is_closed(string treatment)
    {
        var input = new Closing("no audio at all"u8.ToArray());
        ClipReport report = Treat(treatment, () => input);
        Assert.Equal((ClipStatus.Failed, ReasonCodes.UnsupportedFormat), (report.Status, report.Reason));
        Assert.True(input.IsClosed);

        report = Treat(treatment, () => throw new InputException(ReasonCodes.NotFound, "gone"));
        Assert.Equal((ErrorKind.Input, ReasonCodes.NotFound, "gone"), (report.Kind, report.Reason, report.Message));
        report = Treat(treatment, () => throw new AggregateException(new InsufficientMemoryException()));
        Assert.Equal((ErrorKind.Temporary, ReasonCodes.OutOfMemory), (report.Kind, report.Reason));
        const int NoMemory = 12;
        if (!OperatingSystem.IsWindows())
        {
            report = Treat(treatment, () => throw new IOException("Cannot allocate memory", NoMemory));
            Assert.Equal((ErrorKind.Temporary, ReasonCodes.OutOfMemory), (report.Kind, report.Reason));
        }

        report = Treat(treatment, () => throw new InvalidOperationException("a mistake"));
        Assert.Equal(ReasonCodes.InternalError, report.Reason);
        Assert.IsType<InvalidOperationException>(report.Exception);
    }

    [Theory]
    [MemberData(nameof(Treatments))]
    public void A_stopped_one_says_so(string treatment)
    {
        byte[] wav = TestWav.Pcm16(Talk.SampleRate, Speech());
        ClipReport report = Treat(treatment, () => new MemoryStream(wav), new CancellationToken(canceled: true));
        Assert.Equal((ClipStatus.Stopped, ReasonCodes.Cancelled), (report.Status, report.Reason));
    }

    private static float[] Speech() => Talk.Synthetic(6, levelDb: -20, noiseDb: -60, hasPauses: true).Samples;

    private ClipReport Treat(string treatment, Func<Stream> open, CancellationToken cancellation = default)
    {
        var job = new ClipJob
        {
            Id = "a.wav",
            InputPath = "a.wav",
            OutputPath = _folder["record.json"],
            OpenInput = open,
            Publish = write => write(new MemoryStream()),
        };
        var options = new CleaningOptions { Denoiser = "off" };
        var plan = new PlanItem
        {
            Id = job.Id,
            InputPath = job.InputPath,
            Output = "record.json",
            OutputPath = job.OutputPath,
        };
        return treatment switch
        {
            "clean" => new CleaningPipeline(options).Clean(job, cancellation),
            "inspect" => new InspectionPipeline(options, isGate: false).Inspect(job, cancellation),
            _ => new DatasetBuilder(
                _folder.Path,
                new DatasetOptions { Cleaning = options },
                [new DatasetItem(plan, "anna", "a")],
                TranscriptIndex.Load([], stop: CancellationToken.None)).Build(job, cancellation),
        };
    }

    private class Closing(byte[] content) : MemoryStream(content)
    {
        public bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class Pipe(byte[] content) : Closing(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
