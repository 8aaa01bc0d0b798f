using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Notifications;

/// <summary>A notification as each kind of webhook takes it. What people see is plain text everywhere: no markup of names, no mentions, no links.</summary>
internal static class NotificationBody
{
    private static readonly char[] LineFeed = ['\n'];

    /// <summary>The JSON text.</summary>
    public static string Write(Notification notification, WebhookFormat format)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            switch (format)
            {
                case WebhookFormat.Teams:
                    WriteTeams(writer, notification);
                    break;
                case WebhookFormat.Slack:
                    WriteSlack(writer, notification);
                    break;
                default:
                    WriteJson(writer, notification);
                    break;
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteJson(Utf8JsonWriter writer, Notification notification)
    {
        writer.WriteString("title", notification.Title);
        writer.WriteString("text", notification.Text);
        writer.WriteString("rule", notification.Rule);
        writer.WriteString("account", notification.Account);
        writer.WriteString("outcome", notification.Outcome);
        writer.WriteString("sentence", notification.Sentence);
        writer.WriteStartObject("counts");
        foreach (var count in notification.Counts)
        {
            writer.WriteNumber(count.Key, count.Value);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("attention");
        foreach (var line in notification.Attention)
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
        Optional(writer, "next", notification.Next);
        Optional(writer, "command", notification.Command);
        Optional(writer, "runId", notification.RunId);
        writer.WriteString("at", notification.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteBoolean("test", notification.IsTest);
    }

    /// <summary>
    /// An adaptive card with rich text, which has no Markdown: a name cannot become a link or a mention
    /// (https://adaptivecards.io/explorer/TextRun.html).
    /// </summary>
    private static void WriteTeams(Utf8JsonWriter writer, Notification notification)
    {
        writer.WriteString("type", "message");
        writer.WriteStartArray("attachments");
        writer.WriteStartObject();
        writer.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        writer.WriteStartObject("content");
        writer.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        writer.WriteString("type", "AdaptiveCard");
        writer.WriteString("version", "1.4");
        writer.WriteStartArray("body");
        var isTitle = true;
        foreach (var line in LinesOf(notification))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "RichTextBlock");
            writer.WriteStartArray("inlines");
            writer.WriteStartObject();
            writer.WriteString("type", "TextRun");
            writer.WriteString("text", line);
            if (isTitle)
            {
                writer.WriteString("weight", "Bolder");
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            isTitle = false;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>
    /// A block of plain text; the text beside it is what shows where blocks do not, and there the three characters that Slack reads are
    /// escaped (https://api.slack.com/reference/surfaces/formatting).
    /// </summary>
    private static void WriteSlack(Utf8JsonWriter writer, Notification notification)
    {
        writer.WriteString("text", string.Concat($"{notification.Title}: {notification.Sentence}".Select(Escaped)));
        writer.WriteBoolean("mrkdwn", false);
        writer.WriteStartArray("blocks");
        writer.WriteStartObject();
        writer.WriteString("type", "section");
        writer.WriteStartObject("text");
        writer.WriteString("type", "plain_text");
        writer.WriteString("text", string.Join("\n", LinesOf(notification)));
        writer.WriteBoolean("emoji", false);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static string Escaped(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => character.ToString(),
    };

    private static IEnumerable<string> LinesOf(Notification notification) => notification.Text.Split(LineFeed).Select(l => l.TrimEnd('\r'));

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
