using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using Xunit;
using ZoomProvisioning.Engine.Auth;
using ZoomProvisioning.Engine.Connection;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Tests;

public sealed class ChainTests
{
    [Fact]
    public void The_handlers_stand_in_the_order_of_the_design()
    {
        using var f = new Fixture();
        var options = f.Options();
        var pace = new Pace(options, RateGovernorRegistry.For(options));
        var redactor = new Redactor();
        using var tokens = new TokenSource(new AccessToken("ready", [], TimeSpan.Zero, null), options.Clock);
        using var clients = new HttpClients(
            options, ProxyChoice.Of(options, redactor), () => new BearerHandler(tokens, pace), pace, redactor, new ServerClock());
        using var scim = clients.ScimChain();
        using var token = clients.TokenChain();

        Assert.Equal(
            [
                nameof(RequestIdHandler), nameof(RetryHandler), nameof(RateGovernorHandler), nameof(BearerHandler),
                nameof(WireLogHandler), nameof(SocketHandler), nameof(ScriptedTransport),
            ],
            HandlersOf(scim));
        Assert.Equal(
            [nameof(RequestIdHandler), nameof(RetryHandler), nameof(WireLogHandler), nameof(SocketHandler), nameof(ScriptedTransport)],
            HandlersOf(token));
    }

    [Fact]
    public void Only_the_factories_are_public() =>
        Assert.Equal([typeof(EngineFactory), typeof(StateFactory)], typeof(EngineFactory).Assembly.GetExportedTypes());

    /// <summary>A framework assembly with System.Text.Json in its signatures fails in a private load context.</summary>
    [Fact]
    public void The_engine_does_not_use_the_frameworks_json_content() =>
        Assert.DoesNotContain("System.Net.Http.Json", typeof(EngineFactory).Assembly.GetReferencedAssemblies().Select(a => a.Name));

    private static List<string> HandlersOf(HttpMessageInvoker invoker)
    {
        var field = typeof(HttpMessageInvoker).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .First(f => typeof(HttpMessageHandler).IsAssignableFrom(f.FieldType));
        var names = new List<string>();
        for (var handler = (HttpMessageHandler?)field.GetValue(invoker); handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
        {
            // The factory wraps the chain once to keep track of its lifetime.
            if (!handler.GetType().Name.StartsWith("LifetimeTracking", StringComparison.Ordinal))
            {
                names.Add(handler.GetType().Name);
            }
        }

        return names;
    }
}
