using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>The one way through which every SCIM request passes.</summary>
internal sealed class ScimSender(EngineOptions options, HttpMessageInvoker http, RateGovernor governor, Redactor redactor)
{
    // Zoom's have 22 characters. It stands in every address, entry and line about the person.
    private const int LongestId = 500;

    private static readonly HttpMethod PatchMethod = new("PATCH");

    /// <summary>What cleans texts of secrets.</summary>
    public Redactor Redactor => redactor;

    /// <summary>Sends a request and reads the reply, good or bad.</summary>
    public async Task<Reply> SendAsync(ScimRequest what, ScimCall call)
    {
        var state = new RequestState(call)
        {
            Label = what.Label,
            RepeatFreely = what.RepeatFreely,
            MaxAttempts = what.MaxAttempts,
            IsRead = what.Method == "GET",
            LargestReply = what.LargestReply,
        };
        using var request = new HttpRequestMessage(
            MethodOf(what.Method), ScimAddress.Of(what.IsV2 ? new Uri(options.ScimUri, "/") : options.ScimUri, what.Path));

        // Zoom documents the SCIM type for Accept and the plain one for bodies (sheet 1.2).
        request.Headers.Accept.ParseAdd(what.IsV2 ? "application/json" : "application/scim+json");
        request.Headers.ExpectContinue = false;
        if (what.Body is not null)
        {
            request.Content = new ByteArrayContent(ScimJsonWriter.Write(what.Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        state.AttachTo(request);
        var reply = await Exchange.SendAsync(http, request, state, redactor).ConfigureAwait(false);
        if (RetryHandler.IsTransient(reply.Status) && reply.RetryAfter > options.MaxRetryDelay)
        {
            throw governor.LimitReached(reply.RetryAfter.Value, ErrorOf(what, reply));
        }

        return reply;
    }

    /// <summary>Sends a request and throws for a bad reply.</summary>
    public async Task<Reply> SendForSuccessAsync(ScimRequest what, ScimCall call)
    {
        var reply = await SendAsync(what, call).ConfigureAwait(false);
        return reply.IsSuccess ? reply : throw Failure(what, reply);
    }

    /// <summary>Sends one create and tells apart what is known from what is not.</summary>
    public async Task<CreateReply<T>> SendCreateAsync<T>(ScimRequest what, Func<ScimObject, T> make, ScimCall call)
        where T : class
    {
        Reply reply;
        try
        {
            reply = await SendAsync(what, call).ConfigureAwait(false);
        }
        catch (ScimOutcomeUnknownException exception) when (!call.Stop.IsCancellationRequested)
        {
            return new CreateReply<T>(null, exception);
        }

        if (!reply.IsSuccess)
        {
            var failure = Failure(what, reply);
            return reply.Status >= 500 ? new CreateReply<T>(null, failure) : throw failure;
        }

        try
        {
            return new CreateReply<T>(make(IdentifiedResource(what, reply)), null);
        }
        catch (ScimServerException exception)
        {
            // Created, probably, but the reply is not to be read.
            return new CreateReply<T>(null, exception);
        }
    }

    /// <summary>The resource in a good reply.</summary>
    public ScimObject Resource(ScimRequest what, Reply reply) => ScimJsonReader.Read(reply, what.ToString(), redactor);

    /// <summary>The resource in a good reply that must say whose it is: without an id nothing could be done with it.</summary>
    public ScimObject IdentifiedResource(ScimRequest what, Reply reply)
    {
        var resource = Resource(what, reply);
        return HasId(resource) ? resource : throw ScimJsonReader.Unreadable(reply, what.ToString(), "is not a SCIM resource: it has no id", redactor, null);
    }

    /// <summary>Whether a resource has an id. Dots alone would address something else, and what is as long as a page is nobody's.</summary>
    public static bool HasId(ScimObject resource) => resource.Text("id") is { Length: > 0 and <= LongestId } and not ("." or "..");

    /// <summary>The error a bad reply stands for.</summary>
    public ScimException Failure(ScimRequest what, Reply reply) => ZoomErrorCatalog.ToException(ErrorOf(what, reply));

    private ZoomErrorReply ErrorOf(ScimRequest what, Reply reply) =>
        ErrorReader.Read(reply, what.Method, what.Resource, fromTokenEndpoint: false, redactor);

    private static HttpMethod MethodOf(string method) => method switch
    {
        "GET" => HttpMethod.Get,
        "POST" => HttpMethod.Post,
        "PUT" => HttpMethod.Put,
        "DELETE" => HttpMethod.Delete,
        _ => PatchMethod,
    };
}

/// <summary>One SCIM request, before it is put on the wire.</summary>
internal sealed class ScimRequest
{
    public ScimRequest(string method, string path, RateLabel label)
    {
        Method = method;
        Path = path;
        Label = label;
    }

    public string Method { get; }

    /// <summary>Path and query below the SCIM address, escaped.</summary>
    public string Path { get; }

    public RateLabel Label { get; }

    /// <summary>Users, Groups or GroupMembers.</summary>
    public string Resource { get; init; } = "Users";

    /// <summary>Whether it is for Zoom's v2 API: the path begins at the host of the SCIM address.</summary>
    public bool IsV2 { get; init; }

    public ScimObject? Body { get; init; }

    /// <summary>See <see cref="RequestState.RepeatFreely"/>.</summary>
    public bool RepeatFreely { get; init; } = true;

    /// <summary>How often it is tried in all; null leaves it to the options.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>See <see cref="RequestState.LargestReply"/>. Somebody in a thousand groups has some 200 kB.</summary>
    public long LargestReply { get; init; } = 2 * 1024 * 1024;

    public override string ToString() => $"{Method} {Path}";
}
