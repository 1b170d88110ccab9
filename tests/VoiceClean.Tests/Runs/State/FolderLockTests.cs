using VoiceClean.Errors;
using VoiceClean.Runs.State;
using Xunit;

namespace VoiceClean.Tests.Runs.State;

public sealed class FolderLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lock").FullName;

    private string Lock => Path.Combine(_folder, "lock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Who_is_stopped_does_not_wait_for_another_machine()
    {
        HoldElsewhere();
        Assert.Equal(ErrorKind.Temporary, Assert.Throws<VoiceCleanException>(() => FolderLock.Take(Lock)).Kind);
        Assert.Null(FolderLock.Await(Lock, TimeSpan.Zero, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Who_waits_gets_the_lock_when_the_other_gives_it_back()
    {
        HoldElsewhere();
        var other = new Thread(() =>
        {
            Thread.Sleep(100);
            File.WriteAllText(Lock, "");
        });
        other.Start();
        using FolderLock? held = FolderLock.Await(Lock, TimeSpan.Zero, CancellationToken.None);
        other.Join();
        Assert.NotNull(held);
        Assert.Contains($"\"pid\":{Environment.ProcessId}", File.ReadAllText(Lock), StringComparison.Ordinal);
    }

    // A holder on another host lives as long as he touches the file, which he has just done.
    private void HoldElsewhere() =>
        File.WriteAllText(Lock, "{\"host\":\"elsewhere\",\"pid\":1,\"since\":\"2026-01-01T00:00:00Z\"}\n");
}
