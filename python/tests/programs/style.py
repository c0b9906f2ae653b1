"""Texture and style: VGG19's features, gram matrices, a picture as the variable that learns."""

import numpy as np
import tensorflow as tf

tf.random.set_seed(1)
np.random.seed(1)
size = 32
vgg = tf.keras.applications.VGG19(include_top=False, weights=None, input_shape=(size, size, 3))
for layer in vgg.layers:
    print(layer.name)
yy, xx = np.mgrid[0:size, 0:size]
style_image = tf.constant(np.stack([(xx // 4) % 2, (yy // 4) % 2, (xx + yy) % 2], -1).astype('float32'))
style_image = tf.image.resize(style_image, (size, size))
style_image = style_image[tf.newaxis, :, :, :] if len(style_image.shape) == 3 else style_image
style_layers = ['block1_conv1', 'block2_conv1', 'block3_conv1']
content_layers = ['block4_conv2']


def vgg_layers(names):
    vgg.trainable = False
    outputs = [vgg.get_layer(name).output for name in names]
    return tf.keras.Model([vgg.input], outputs)


def gram_matrix(input_tensor):
    channels = int(input_tensor.shape[-1])
    a = tf.reshape(input_tensor, [-1, channels])
    n = tf.shape(a)[0]
    gram = tf.matmul(a, a, transpose_a=True)
    return gram / tf.cast(n, tf.float32)


style_extractor = vgg_layers(style_layers)
style_outputs = style_extractor(tf.keras.applications.vgg19.preprocess_input(style_image * 255.0))
for name, output in zip(style_layers, style_outputs):
    print(name, output.shape)
targets = [gram_matrix(o) for o in style_outputs]


def high_pass_x_y(image):
    x_var = image[:, :, 1:, :] - image[:, :, :-1, :]
    y_var = image[:, 1:, :, :] - image[:, :-1, :, :]
    return x_var, y_var


def total_variation_loss(image):
    x_deltas, y_deltas = high_pass_x_y(image)
    return tf.reduce_mean(x_deltas ** 2) + tf.reduce_mean(y_deltas ** 2)


def get_outputs(image):
    image_batch = image * 255.0
    outputs = style_extractor(tf.keras.applications.vgg19.preprocess_input(image_batch))
    return [gram_matrix(o) for o in outputs]


def get_loss(outputs, style_outputs):
    return tf.reduce_sum([tf.reduce_mean((o - s) ** 2) for o, s in zip(outputs, style_outputs)])


def clip_0_1(image):
    return tf.clip_by_value(image, clip_value_min=0.0, clip_value_max=1.0)


opt = tf.optimizers.Adam(learning_rate=0.05, beta_1=0.99, epsilon=1e-1)


@tf.function()
def train_step(image):
    with tf.GradientTape() as tape:
        outputs = get_outputs(image)
        loss = get_loss(outputs, targets)
        loss += 0.001 * total_variation_loss(image)
    grad = tape.gradient(loss, image)
    opt.apply_gradients([(grad, image)])
    image.assign(clip_0_1(image))
    return loss


image = tf.Variable(tf.random.uniform(style_image.shape))
print(total_variation_loss(image).numpy() > 0.1, tf.image.total_variation(image).shape)
losses = []
for n in range(20):
    losses.append(train_step(image).numpy())
print('RESULT texture', losses[-1] / losses[0])
print('RESULT clipped', bool(image.numpy().min() >= 0 and image.numpy().max() <= 1))
array = np.array(image * 255, dtype=np.uint8)[0]
print(array.shape, array.dtype)
