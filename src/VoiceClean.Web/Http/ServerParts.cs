using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace VoiceClean.Web.Http;

/// <summary>
/// Makes the server alone. Its own constructor brings TLS along, and the framework's host brings configuration,
/// routing, logging and error pages; asked for by its registration it comes without all of them.
/// </summary>
internal static class ServerParts
{
    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="configure">Where and how it will.</param>
    /// <returns>What holds it; disposing of it disposes of the server.</returns>
    public static ServiceProvider Make(Action<KestrelServerOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddOptions();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton<IMeterFactory, NoMeters>();
        services.AddSingleton(_ => new DiagnosticListener("VoiceClean"));
        services.AddSingleton<DiagnosticSource>(p => p.GetRequiredService<DiagnosticListener>());
        new Registration(services).UseKestrelCore().ConfigureKestrel(configure);
        return services.BuildServiceProvider();
    }

    /// <summary>The server among its parts.</summary>
    public static IServer ServerOf(IServiceProvider parts) => parts.GetRequiredService<IServer>();

    /// <summary>Takes what the server's registration wants to have registered, and builds nothing.</summary>
    private sealed class Registration(IServiceCollection services) : IWebHostBuilder
    {
        public IWebHostBuilder ConfigureServices(Action<IServiceCollection> configureServices)
        {
            configureServices(services);
            return this;
        }

        public IWebHostBuilder ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices)
        {
            configureServices(new WebHostBuilderContext(), services);
            return this;
        }

        public IWebHostBuilder ConfigureAppConfiguration(
            Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => this;

        public string? GetSetting(string key) => null;

        public IWebHostBuilder UseSetting(string key, string? value) => this;

#pragma warning disable ASPDEPR008 // The interface wants it; nobody calls it.
        public IWebHost Build() => throw new NotSupportedException();
#pragma warning restore ASPDEPR008
    }

    private sealed class NoMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
