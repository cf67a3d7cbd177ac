using Lunatic.Runtime.Inspection;

namespace Lunatic.Runtime.Tests.Inspection;

internal sealed class MethodNamesTests
{
    [Test]
    public void Async_methods_are_known_by_their_tasks()
    {
        TaskCompletionSource open = new();
        int captured = 1;
        Func<Task> lambda = async () => await open.Task.ContinueWith(_ => captured++);

        Assert.That(MethodNames.Of(WaitAsync(open.Task)), Is.EqualTo("MethodNamesTests.WaitAsync"));
        Assert.That(MethodNames.Of(LocalAsync()), Is.EqualTo("MethodNamesTests.LocalAsync"));
        Assert.That(MethodNames.Of(lambda()), Is.EqualTo("MethodNamesTests.Async_methods_are_known_by_their_tasks (lambda)"));
        Assert.That(MethodNames.Of(Nested<int>.RunAsync(open.Task)), Is.EqualTo("Nested.RunAsync"));
        Assert.That(MethodNames.Of(open.Task), Is.Null);
        Assert.That(MethodNames.Of(Task.CompletedTask), Is.Null);
        open.SetResult();

        async Task LocalAsync() => await open.Task.ContinueWith(_ => captured++);
    }

    [Test]
    public void Bodies_that_have_not_begun_are_known_by_their_methods()
    {
        Func<Task, Task> method = WaitAsync;
        Func<Task, Task> lambda = static task => task;

        Assert.That(MethodNames.Of(method.Method), Is.EqualTo("MethodNamesTests.WaitAsync"));
        Assert.That(MethodNames.Of(lambda.Method), Is.EqualTo("MethodNamesTests.Bodies_that_have_not_begun_are_known_by_their_methods (lambda)"));
    }

    private static async Task WaitAsync(Task task) => await task;

    private static class Nested<T>
    {
        internal static async Task<T?> RunAsync(Task task)
        {
            await task;
            return default;
        }
    }
}
