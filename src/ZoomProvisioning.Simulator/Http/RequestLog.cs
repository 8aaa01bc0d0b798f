using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Simulator.Http;

/// <summary>
/// The last requests, to assert on. Authorization is never kept; of the token endpoint's parameters, secrets are struck out.
/// </summary>
internal sealed class RequestLog
{
    private const int Capacity = 10_000;
    private const int BodyLimit = 32 * 1024;

    private static readonly Regex SecretParameter = new(
        "(?<=^|&)(client_secret|client_assertion|access_token|refresh_token|assertion|password|code)=[^&]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly object _gate = new();
    private readonly Queue<Entry> _entries = new();
    private long _received;

    public void Add(DateTimeOffset time, SimulatedRequest request, bool isToken, SimulatedResponse response, string? fault, string trackingId)
    {
        lock (_gate)
        {
            _received++;
            _entries.Enqueue(new Entry(_received, time, request, isToken, response.Dropped ? 0 : response.Status, fault, trackingId));
            if (_entries.Count > Capacity)
            {
                _entries.Dequeue();
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    public string ToJson()
    {
        var entries = Entries();
        return Encoding.UTF8.GetString(Replies.Bytes(json =>
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                Write(json, entry.Describe());
            }

            json.WriteEndArray();
        }));
    }

    public IReadOnlyList<SimulatorRequest> All() => Entries().Select(entry => entry.Describe()).ToArray();

    private Entry[] Entries()
    {
        lock (_gate)
        {
            return _entries.ToArray();
        }
    }

    private static void Write(Utf8JsonWriter json, SimulatorRequest request)
    {
        json.WriteStartObject();
        json.WriteNumber("number", request.Number);
        json.WriteString("time", request.Time);
        json.WriteString("method", request.Method);
        json.WriteString("path", request.Path);
        json.WriteString("query", request.Query);
        json.WriteNumber("status", request.Status);
        json.WriteString("fault", request.Fault);
        json.WriteString("trackingId", request.TrackingId);
        json.WriteString("contentType", request.ContentType);
        json.WriteString("body", request.Body);
        json.WriteEndObject();
    }

    private sealed class Entry
    {
        private readonly long _number;
        private readonly DateTimeOffset _time;
        private readonly string _method;
        private readonly string _path;
        private readonly string _query;
        private readonly string? _contentType;
        private readonly byte[] _body;
        private readonly bool _isToken;
        private readonly int _status;
        private readonly string? _fault;
        private readonly string _trackingId;

        public Entry(long number, DateTimeOffset time, SimulatedRequest request, bool isToken, int status, string? fault, string trackingId)
        {
            _number = number;
            _time = time;
            _method = request.Method;
            _path = request.Path;
            _query = request.Query;
            _contentType = request.ContentType;
            _body = request.Body.Length <= BodyLimit ? request.Body : request.Body.AsSpan(0, BodyLimit).ToArray();
            _isToken = isToken;
            _status = status;
            _fault = fault;
            _trackingId = trackingId;
        }

        public SimulatorRequest Describe() => new(
            _number,
            _time,
            _method,
            _path,
            SecretParameter.Replace(_query, "$1=***"),
            _status,
            _fault,
            _trackingId,
            _contentType,
            Body());

        private string Body()
        {
            if (_isToken && _contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            {
                // A JSON body at the token endpoint is a client's mistake that may well hold its secret.
                return _body.Length == 0 ? "" : "***";
            }

            var text = Encoding.UTF8.GetString(_body);
            return _isToken ? SecretParameter.Replace(text, "$1=***") : text;
        }
    }
}
