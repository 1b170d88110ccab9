
namespace VoiceClean.Testing;

/// <summary>Checks with names, as a test runner wants them: one case a law, or all in one go.</summary>
public abstract class Laws
{
    private readonly List<(string Name, Action Check, Func<bool> IsPromised)> _laws = [];

    /// <summary>
    /// The names of the laws that are to be kept here, each the fact that its check proves: all but those that only
    /// hold where they are promised and are not.
    /// </summary>
    public IReadOnlyList<string> Names => [.. _laws.Where(l => l.IsPromised()).Select(l => l.Name)];

    /// <summary>Checks one law.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="LawBrokenException">It is not kept.</exception>
    /// <exception cref="TestSkippedException">It cannot be checked here: a program is missing.</exception>
    public void Check(string name) => _laws.Single(l => l.Name == name).Check();

    /// <summary>Checks all of them, for runners without cases.</summary>
    /// <exception cref="LawBrokenException">One is not kept; those behind it are not looked at.</exception>
    /// <exception cref="TestSkippedException">They cannot be checked here: a program is missing.</exception>
    public void CheckAll()
    {
        foreach (string name in Names)
        {
            Check(name);
        }
    }

    private protected void Add(string name, Action check, Func<bool>? isPromised = null) =>
        _laws.Add((name, check, isPromised ?? (() => true)));

    private protected static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new LawBrokenException(message);
        }
    }

    // Bits, so that a change from 0 to -0 counts and NaN equals itself.
    private protected static bool SameBits(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(a)
            .SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(b));

    private protected static void RequireFinite(ReadOnlySpan<float> samples, string where)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Require(float.IsFinite(samples[i]), $"{where}: sample {i} is {samples[i]}.");
        }
    }

    /// <summary>Runs on a thread of its own, so that what hangs is an exception and not the end of all tests.</summary>
    private protected static void RequireEnd(Action action, string where)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // It is thrown on the other thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                thrown = e;
            }
        })
        { IsBackground = true };
        thread.Start();
        Require(thread.Join(Tools.Await.Limit), $"{where}: no end after {Tools.Await.Limit}.");
        if (thrown is not null)
        {
            throw thrown as LawBrokenException ?? new LawBrokenException($"{where}: {thrown.Message}", thrown);
        }
    }
}
