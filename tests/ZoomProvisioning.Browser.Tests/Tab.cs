using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Browser.Tests;

/// <summary>A tab, which notes every request and every complaint of the browser.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly Chromium _browser;
    private readonly string _session;
    private readonly string _target;
    private TaskCompletionSource _loaded = new();

    public Tab(Chromium browser, string session, string target)
    {
        _browser = browser;
        _session = session;
        _target = target;
    }

    /// <summary>The addresses asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Errors of scripts, refusals of the page's policy, and everything else a developer would see in red.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public async Task WatchAsync()
    {
        foreach (var domain in new[] { "Page", "Network", "Runtime", "Log" })
        {
            await SendAsync(domain + ".enable");
        }
    }

    public void Take(string method, JsonNode parameters)
    {
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                Requests.Enqueue(parameters["request"]!["url"]!.GetValue<string>());
                break;
            case "Log.entryAdded":
                Complaints.Enqueue(parameters["entry"]!["text"]!.GetValue<string>());
                break;
            case "Runtime.exceptionThrown":
            case "Runtime.consoleAPICalled":
                Complaints.Enqueue(parameters.ToJsonString());
                break;
        }
    }

    public Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) => _browser.SendAsync(method, parameters, _session);

    /// <summary>Opens a page and waits until it is loaded.</summary>
    public async Task GoToAsync(string file)
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
        await _loaded.Task.WaitAsync(TimeSpan.FromSeconds(120));
    }

    /// <summary>The window's size and what the reader's system prefers.</summary>
    public async Task LookAsync(int width, int height, string scheme, string media = "screen")
    {
        await SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = media,
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
    }

    /// <summary>Looks at the page from outside, as a developer does; a promise is waited for.</summary>
    public async Task<JsonNode?> SeeAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"];
    }

    public async Task<string> TextAsync(string expression) => (await SeeAsync($"String({expression})"))!.GetValue<string>();

    /// <summary>Presses a key.</summary>
    public async Task PressAsync(string key, int code, string? text = null)
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            var press = new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
            if (text is not null && type == "keyDown")
            {
                press["text"] = text;
            }

            await SendAsync("Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>Clicks the middle of an element.</summary>
    public async Task ClickAsync(string selector)
    {
        var place = await SeeAsync($"(() => {{ const e = document.querySelector(\"{selector}\"); e.scrollIntoView({{ block: 'center' }}); "
            + "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()");
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
        {
            await SendAsync("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = type,
                ["x"] = place![0]!.GetValue<double>(),
                ["y"] = place[1]!.GetValue<double>(),
                ["button"] = "left",
                ["clickCount"] = 1,
            });
        }
    }

    /// <summary>How long the processor has worked for this page: a clock that does not mind what else the machine does.</summary>
    public async Task<double> WorkedAsync()
    {
        await SendAsync("Performance.enable", new JsonObject { ["timeDomain"] = "threadTicks" });
        var metrics = (await SendAsync("Performance.getMetrics"))["metrics"]!.AsArray();
        return metrics.First(m => m!["name"]!.GetValue<string>() == "TaskDuration")!["value"]!.GetValue<double>();
    }

    /// <summary>Types into the search and waits until the page says what it found.</summary>
    public async Task SearchAsync(string text)
    {
        await SeeAsync("document.getElementById('search').select()");
        await SeeAsync("globalThis.answered = new Promise(done => new MutationObserver(done).observe(document.getElementById('found'), "
            + "{ childList: true })); 0");
        await SendAsync("Input.insertText", new JsonObject { ["text"] = text });
        await SeeAsync("globalThis.answered.then(() => 0)");
    }

    /// <summary>Keeps a picture beside the tests, for people to look at.</summary>
    public async Task PictureAsync(string name, bool wholePage = true)
    {
        var picture = await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = wholePage });
        await Files.WriteAsync(name + ".png", Convert.FromBase64String(picture["data"]!.GetValue<string>()));
    }

    /// <summary>Prints the page; the file is kept beside the tests.</summary>
    public async Task<byte[]> PrintAsync(string name)
    {
        var answer = await SendAsync("Page.printToPDF", new JsonObject { ["preferCSSPageSize"] = true });
        var pdf = Convert.FromBase64String(answer["data"]!.GetValue<string>());
        await Files.WriteAsync(name + ".pdf", pdf);
        return pdf;
    }

    public async ValueTask DisposeAsync() => await _browser.SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target });
}

/// <summary>The folder of the pages and pictures of this test run.</summary>
internal static class Files
{
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pages")).FullName;

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static Task WriteAsync(string name, byte[] content) => File.WriteAllBytesAsync(PathOf(name), content);

    public static async Task<string> WriteAsync(string name, string content)
    {
        await File.WriteAllTextAsync(PathOf(name), content);
        return PathOf(name);
    }

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
