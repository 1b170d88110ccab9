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

    // As an array where it is one: a file of a class of its own takes a span only by way of a copy.
    public override void Write(byte[] buffer, int offset, int count)
    {
        _hash.Append(buffer.AsSpan(offset, count));
        inner.Write(buffer, offset, count);
    }

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
