"""`tf.train`: what was saved comes back, the optimizer's state and what is built later included."""

import os

import numpy as np
import pytest

import seodang.compat.tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.l1 = tf.keras.layers.Dense(5)

    def call(self, x):
        return self.l1(x)


X = np.arange(6, dtype="float32").reshape(2, 3)


def step(net, optimizer):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(net(X) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))


def trained():
    net, optimizer = Net(), tf.keras.optimizers.Adam(0.1)
    for _ in range(3):
        step(net, optimizer)
    return net, optimizer, tf.Variable(3)


def after_one_more(net, optimizer):
    step(net, optimizer)
    return net(X).numpy()


@pytest.mark.parametrize("built", [False, True, "net"])
def test_training_goes_on_as_if_it_had_not_stopped(tmp_path, built):
    net, optimizer, count = trained()
    path = tf.train.Checkpoint(model=net, optimizer=optimizer, step=count).save(tmp_path / "ck" / "c")
    assert path == str(tmp_path / "ck" / "c-1")
    expected = after_one_more(net, optimizer)

    net2, optimizer2, count2 = Net(), tf.keras.optimizers.Adam(0.1), tf.Variable(0)
    if built:
        net2(X)
    if built is True:
        step(net2, optimizer2)
    checkpoint = tf.train.Checkpoint(model=net2, optimizer=optimizer2, step=count2)
    status = checkpoint.restore(tf.train.latest_checkpoint(tmp_path / "ck"))
    assert int(count2) == 3
    assert int(checkpoint.save_counter) == 1
    np.testing.assert_allclose(after_one_more(net2, optimizer2), expected, rtol=1e-5)
    status.assert_consumed()
    assert int(optimizer2.iterations) == 4


def test_a_manager_keeps_the_newest(tmp_path):
    v = tf.Variable(0.0)
    checkpoint = tf.train.Checkpoint(v=v)
    manager = tf.train.CheckpointManager(checkpoint, str(tmp_path), max_to_keep=2)
    assert manager.latest_checkpoint is None
    assert manager.restore_or_initialize() is None
    for k in range(4):
        v.assign(k)
        manager.save()
    assert [os.path.basename(p) for p in manager.checkpoints] == ["ckpt-3", "ckpt-4"]
    assert sorted(p.name for p in tmp_path.glob("*.index")) == ["ckpt-3.index", "ckpt-4.index"]
    assert tf.train.latest_checkpoint(str(tmp_path)) == manager.latest_checkpoint
    v.assign(9)
    again = tf.train.CheckpointManager(tf.train.Checkpoint(v=v), str(tmp_path), max_to_keep=2)
    assert again.checkpoints == manager.checkpoints
    assert again.restore_or_initialize() == manager.latest_checkpoint
    assert float(v) == 3


def test_what_does_not_match(tmp_path):
    path = tf.train.Checkpoint(a=tf.Variable(1), b=[tf.Variable([1., 2.])]).write(str(tmp_path / "x"))
    status = tf.train.Checkpoint(a=tf.Variable(0)).read(path)
    status.assert_existing_objects_matched()
    status.expect_partial()
    with pytest.raises(AssertionError):
        status.assert_consumed()
    with pytest.raises(AssertionError):
        tf.train.Checkpoint(c=tf.Variable(0)).read(path).assert_existing_objects_matched()
    with pytest.raises(ValueError, match="incompatible"):
        tf.train.Checkpoint(a=tf.Variable([0])).read(path)
    with pytest.raises(tf.errors.NotFoundError):
        tf.train.Checkpoint(a=tf.Variable(0)).restore(str(tmp_path / "none"))
    with pytest.raises(AssertionError):
        tf.train.Checkpoint(a=tf.Variable(0)).restore(None).assert_consumed()
    assert tf.train.latest_checkpoint(str(tmp_path / "nothing")) is None


def test_attributes_and_parts(tmp_path):
    net, optimizer, _ = trained()
    root = tf.train.Checkpoint(net=net)
    root.listed = [tf.Variable(1.)]
    root.mapped = {"v": tf.Variable(2.)}
    path = root.save(str(tmp_path / "p"))
    bias = tf.Variable(tf.zeros([5]))
    part = tf.train.Checkpoint(net=tf.train.Checkpoint(l1=tf.train.Checkpoint(bias=bias)))
    part.restore(path)
    np.testing.assert_array_equal(bias.numpy(), net.l1.bias.numpy())
    later = tf.train.Checkpoint()
    later.restore(path)
    v = tf.Variable(0.)
    later.mapped = {"v": v}
    assert float(v) == 2
    shapes = dict(tf.train.list_variables(str(tmp_path)))
    assert shapes["net/l1/kernel/.ATTRIBUTES/VARIABLE_VALUE"] == [3, 5]
    assert tf.train.load_checkpoint(str(tmp_path)).get_tensor(
        "listed/0/.ATTRIBUTES/VARIABLE_VALUE") == 1
