namespace VoiceClean.Web.Pool;

/// <summary>How large a pool is, and how long things may take in it.</summary>
internal sealed record PoolOptions
{
    /// <summary>Jobs that are worked on at a time, at least 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Places beside those of the workers: jobs that are being brought in, wait, or are sent back.</summary>
    public int Queue { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>How long a job may wait for a worker.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a job may be worked on before it is asked to stop.</summary>
    public TimeSpan WorkTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after that a worker counts as stuck, and is replaced.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Processors that all jobs share.</summary>
    public int Processors { get; init; } = Environment.ProcessorCount;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Why a job was asked to stop, or never began.</summary>
internal enum PoolStop
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Whoever wanted the result is gone.</summary>
    Gone,

    /// <summary>No worker came up in time.</summary>
    QueueTimeout,

    /// <summary>The work took too long.</summary>
    WorkTimeout,

    /// <summary>It was asked to stop and did not; its worker was given up.</summary>
    Stuck,

    /// <summary>The pool ends.</summary>
    Ended,
}

/// <summary>What a job gets when its turn comes.</summary>
/// <param name="Threads">How many threads may work on it: the processors, shared among the jobs that run.</param>
/// <param name="Stop">Asks it to stop.</param>
internal readonly record struct PoolTurn(int Threads, CancellationToken Stop);

/// <summary>What became of a job.</summary>
/// <param name="Value">What it returned; default if it never began or never came back.</param>
/// <param name="Stop">Why it was asked to stop; its value may be good all the same if it was done just then.</param>
/// <typeparam name="T">What a job returns.</typeparam>
internal readonly record struct PoolResult<T>(T? Value, PoolStop Stop);
