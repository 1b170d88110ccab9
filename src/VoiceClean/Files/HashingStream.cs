namespace VoiceClean.Files;

/// <summary>Passes bytes on and adds them to a SHA-256; the inner stream stays open.</summary>
internal sealed class HashingStream(Stream inner) : WriteOnlyStream
{
    private readonly Sha256 _hash = new();

    public byte[] Hash() => _hash.Finish();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.Append(buffer);
        inner.Write(buffer);
    }

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
