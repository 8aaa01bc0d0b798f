using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>Reads a request's body, or says which of Zoom's two complaints it earns (fact sheet section 9, step 6).</summary>
internal static class BodyReader
{
    public static JsonElement Read(SimulatedRequest request, Behaviour behaviour, out string? complaint)
    {
        complaint = null;
        var mediaType = request.MediaType;
        if (mediaType != "application/json" && (mediaType != "application/scim+json" || behaviour.Is(Switches.ScimContentType, "rejected")))
        {
            complaint = ZoomTexts.NotJson;
            return default;
        }

        if (string.IsNullOrWhiteSpace(request.BodyText.TrimStart('\uFEFF')))
        {
            complaint = ZoomTexts.EmptyJson;
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(request.BodyText.TrimStart('\uFEFF'));
            var root = document.RootElement.Clone();
            if (root.ValueKind == JsonValueKind.Null || (root.ValueKind == JsonValueKind.Object && !root.EnumerateObject().Any()))
            {
                complaint = ZoomTexts.EmptyJson;
            }
            else if (root.ValueKind != JsonValueKind.Object || !IsText(root))
            {
                complaint = ZoomTexts.NotJson;
            }

            return root;
        }
        catch (JsonException)
        {
            complaint = ZoomTexts.NotJson;
            return default;
        }
    }

    /// <summary>Whether all names and texts are characters: an escape may stand for half of one, which no text can hold.</summary>
    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(p => p.Name is not null && IsText(p.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsText),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (System.InvalidOperationException)
        {
            return false;
        }
    }
}
